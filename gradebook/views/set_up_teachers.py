"""Setting up a year: who leads and who teaches."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook.actions.teaching import AccountClosed, DayOutside, OwnAssignment, place_teachers
from gradebook.forms.set_up import TeachingForm
from gradebook.models import Course, SchoolYear, Subject
from gradebook.set_up.teaching import Overtaken, courses_of, posted_placements, read_board
from gradebook.views.set_up import grades_of, load_year, page, refuse_closed
from gradebook.years import YearClosed

REFUSED = {
    Overtaken: gettext_lazy("Somebody changed these assignments meanwhile. Open the page again and compare."),
    OwnAssignment: gettext_lazy(
        "Nobody gives a class to themselves: ask the principal or the administrator."
    ),
    AccountClosed: gettext_lazy("The account of one of these teachers is disabled."),
}


@require_safe
@permission_required(Permission.SET_UP_YEAR)
def teachers(request: AuthenticatedHttpRequest, name: str) -> HttpResponse:
    """`?grade=6` or `?subject=toan` says which part of the school; otherwise its first grade."""
    year = load_year(name)
    day = min(max(timezone.localdate(), year.starts_on), year.ends_on)
    return _page(request, year, _scope(request, year), TeachingForm(initial={"since": day}))


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def place(request: AuthenticatedHttpRequest, name: str) -> HttpResponse:
    year = load_year(name)
    scope = _scope(request, year)
    form = TeachingForm(request.POST)
    if form.is_valid():
        try:
            placements = posted_placements(request.POST, _courses(year, scope))
            place_teachers(placements=placements, since=form.cleaned_data["since"], by=request.user)
        except (Overtaken, OwnAssignment, AccountClosed) as problem:
            form.add_error(None, REFUSED[type(problem)])
        except DayOutside:
            form.add_error("since", _("Teaching begins in the school year, or in the month before it."))
        except YearClosed:
            return refuse_closed(request, "set_up_teachers", name)
        else:
            text = ngettext(
                "%(count)d assignment changed.", "%(count)d assignments changed.", len(placements)
            )
            messages.success(request, text % {"count": len(placements)})
            return redirect_to(reverse("gradebook:set_up_teachers", args=[name], query=scope))
    return _page(request, year, scope, form, data=request.POST)


def _scope(request: HttpRequest, year: SchoolYear) -> dict[str, str]:
    """What the page is about: `{"grade": …}` or `{"subject": …}`."""
    if subject := request.GET.get("subject", ""):
        return {"subject": subject[:40].replace("\x00", "")}
    grades = grades_of(year)
    asked = request.GET.get("grade", "")
    if asked and asked not in map(str, grades):
        raise Http404
    return {"grade": asked or str(next(iter(grades), ""))}


def _courses(year: SchoolYear, scope: dict[str, str]) -> list[Course]:
    if "subject" in scope:
        return courses_of(year, subject=scope["subject"])
    return courses_of(year, grade=int(scope["grade"])) if scope["grade"] else []


def _page(
    request: AuthenticatedHttpRequest,
    year: SchoolYear,
    scope: dict[str, str],
    form: TeachingForm,
    data: QueryDict | None = None,
) -> HttpResponse:
    courses = Course.objects.of_subjects().filter(school_class__year=year)
    context = {
        "form": form,
        "board": read_board(_courses(year, scope), by_subject="subject" in scope, data=data),
        "scope": scope,
        "grades": [str(grade) for grade in grades_of(year)],
        "subjects": Subject.objects.filter(pk__in=courses.values("subject")),
    }
    return page(request, "teachers", "teachers", year, status=200 if data is None else 422, **context)
