"""The mark grid of one course and semester: see it and save it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.roles import Permission
from gradebook import policies
from gradebook.actions.marks import Outcome, save_marks
from gradebook.forms.marks import posted_edits
from gradebook.grid import Problem, history_address, rows_html
from gradebook.grid_facts import grid_facts
from gradebook.grid_head import checks_html, heads_html
from gradebook.homeroom_sheet import beside_roll, letters
from gradebook.layout import PERIODS_OF
from gradebook.models import Course
from gradebook.models.teaching import visible_course
from gradebook.refusals import author_of, authors_in_conflict, sentence
from gradebook.sheets import read_sheet
from gradebook.views.mark_answers import answer


@require_safe
def marks(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    course = _load(request, pk, semester)
    return _page(request, course, semester)


@require_POST
def save(request: AuthenticatedHttpRequest, pk: int, semester: int) -> HttpResponse:
    """The whole form without JavaScript, the changed cells with it: the same action either way.

    409 when somebody else has signed in in this browser since: what one person typed is never saved as another's.
    """
    if request.POST.get("person", str(request.user.pk)) != str(request.user.pk):
        return HttpResponse(status=409)
    course = _load(request, pk, semester)
    outcome = save_marks(course=course, edits=posted_edits(request.POST), by=request.user, origin="page")
    if not outcome.owned:
        raise PermissionDenied
    if request.accepts("text/html"):
        return _answer_page(request, course, semester, outcome)
    return JsonResponse(answer(course, semester, outcome, request.user))


def _load(request: AuthenticatedHttpRequest, pk: int, semester: int = 1) -> Course:
    if semester not in PERIODS_OF:
        raise Http404
    if course := visible_course(pk, request.user):
        return course
    raise Http404


def _page(
    request: AuthenticatedHttpRequest, course: Course, semester: int, outcome: Outcome | None = None
) -> HttpResponse:
    sheet = read_sheet(course, semester=semester, user=request.user)
    problems = _problems(outcome) if outcome else {}
    context = {
        "course": course,
        "sheet": sheet,
        "rows": rows_html(sheet, problems),
        "heads": heads_html(sheet),
        "checks": checks_html(sheet) if sheet.seen else [],
        "problems": len(problems),
        "history": history_address(course.pk),
        "facts": grid_facts(course, sheet) if sheet.is_mine else None,
        "beside_roll": beside_roll(sheet),
        "letters": letters(sheet) if sheet.may_enter else [],
        "may_appoint": request.user.may(Permission.SET_UP_YEAR),
        "may_draw_up": course.school_class.year.is_open and policies.may_draw_up_orders(request.user),
    }
    return render(request, "gradebook/marks.html", context, status=422 if problems else 200)


def _problems(outcome: Outcome) -> dict[tuple[int, int], Problem]:
    authors = authors_in_conflict(outcome.refused)
    return {
        refusal.edit.cell: Problem(
            refusal.edit.typed,
            sentence(refusal, author_of(refusal, authors)),
            "conflict" if refusal.code == "conflict" else "refused",
        )
        for refusal in outcome.refused
    }


def _answer_page(
    request: AuthenticatedHttpRequest, course: Course, semester: int, outcome: Outcome
) -> HttpResponse:
    if saved := len(outcome.saved):
        text = ngettext("%(count)d cell saved.", "%(count)d cells saved.", saved) % {"count": saved}
        messages.success(request, text)
    elif not outcome.refused:
        messages.info(request, _("Nothing was changed."))
    if outcome.refused:
        return _page(request, course, semester, outcome)
    return redirect_to(reverse("gradebook:marks", args=[course.pk, semester]))
