"""Record a movement: one page a kind, and for a new class a look at what moves before anything is written."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, redirect_to
from accounts.models import User
from accounts.roles import Permission
from gradebook import movement_problems
from gradebook.actions.decisions import DateOutside, NumberTaken
from gradebook.actions.movement_cancel import cancel_movement
from gradebook.actions.movement_desk import LEAVING, NotMoved
from gradebook.actions.movement_exports import extract_transfer_file
from gradebook.actions.movements import KnownAlready, change_class, come_back, leave, receive
from gradebook.carried_marks import plan_carriage
from gradebook.downloads import private_file
from gradebook.forms.movements import CancelForm, ClassForm, MovementPaperForm, ReceiveForm
from gradebook.models import Enrolment, Movement, SchoolClass, SchoolYear
from gradebook.years import YearClosed

_K = Movement.Kind
INTO_CLASS: dict[str, Callable[..., Movement]] = {_K.CHANGED_CLASS: change_class, _K.RETURNED: come_back}
TITLES = {
    _K.TRANSFERRED: gettext_lazy("Transfer to another school"),
    _K.DROPPED_OUT: gettext_lazy("Dropping out"),
    _K.RESERVED: gettext_lazy("Keeping the place"),
    _K.CHANGED_CLASS: gettext_lazy("Change of class"),
    _K.RETURNED: gettext_lazy("Return"),
}
REFUSED = (NotMoved, YearClosed, NumberTaken, DateOutside)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.RECORD_MOVEMENTS)
def record(request: AuthenticatedHttpRequest, enrolment: int, kind: str) -> HttpResponse:
    """Of one kind of TITLES. `?to=` names the class, so that the page shows what would move."""
    if kind not in TITLES:
        raise Http404
    pupil = _load_pupil(request, enrolment)
    form = MovementPaperForm(request.POST if request.method == "POST" else None, kind=kind)
    choice = _choice(request, pupil, kind)
    if request.method == "POST" and form.is_valid() and (choice is None or choice.is_valid()):
        try:
            done = _act(pupil, kind, form, choice, request.user)
        except REFUSED as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Recorded. The lists show it from that day on."))
            return redirect_to(_page_of(done.place))
    return _form_page(request, pupil, kind, form, choice)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.RECORD_MOVEMENTS)
def receive_pupil(request: AuthenticatedHttpRequest) -> HttpResponse:
    if request.method != "POST":
        form = ReceiveForm(initial={"to": request.GET.get("class")})
        return render(request, "gradebook/receive_pupil.html", {"form": form})
    form = ReceiveForm(request.POST)
    alike: KnownAlready | None = None
    if form.is_valid():
        try:
            done = _receive(form, request.user)
        except KnownAlready as known:
            alike = known
        except REFUSED as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Received. The results of the other school can be entered now."))
            return redirect_to(reverse("gradebook:earlier_results", args=[done.pk]))
    return render(request, "gradebook/receive_pupil.html", {"form": form, "alike": alike}, status=422)


@require_POST
@permission_required(Permission.RECORD_MOVEMENTS)
def cancel(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    visible = Movement.objects.visible_to(request.user).select_related("origin", "target")
    movement = get_object_or_404(visible, pk=pk)
    place = movement.origin or movement.place
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: say why the movement is cancelled."))
        return redirect_to(_page_of(place))
    try:
        cancel_movement(movement=movement, reason=form.cleaned_data["reason"], by=request.user)
    except NotMoved as problem:
        messages.error(request, movement_problems.sentence(problem))
    except YearClosed:
        messages.error(request, _("The school year is closed."))
    else:
        messages.success(request, _("Cancelled. The lists are as before; the movement stays readable."))
    return redirect_to(_page_of(place))


@require_POST
@permission_required(Permission.RECORD_MOVEMENTS)
def transfer_file(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    """POST, because taking a pupil's record out of the portal is noted."""
    pupil = _load_pupil(request, enrolment)
    content = extract_transfer_file(enrolment=pupil, by=request.user)
    name = f"Hồ sơ chuyển trường {pupil.student.full_name}.zip"
    return private_file(content, name=name, content_type="application/zip")


def _act(
    pupil: Enrolment, kind: str, form: MovementPaperForm, choice: ClassForm | None, by: User
) -> Movement:
    today = timezone.localdate()
    if choice is not None:
        act = INTO_CLASS[kind]
        return act(enrolment=pupil, to=choice.cleaned_data["to"], paper=form.paper, by=by, today=today)
    return leave(enrolment=pupil, kind=kind, paper=form.paper, by=by, today=today)


def _receive(form: ReceiveForm, by: User) -> Movement:
    return receive(
        newcomer=form.newcomer,
        school_class=form.cleaned_data["to"],
        paper=form.paper,
        by=by,
        today=timezone.localdate(),
        known=form.known,
        another=form.is_another,
    )


def _choice(request: AuthenticatedHttpRequest, pupil: Enrolment, kind: str) -> ClassForm | None:
    if kind in LEAVING:
        return None
    data = request.POST if request.method == "POST" else request.GET
    return ClassForm(data if "to" in data else None, classes=_classes(pupil, kind))


def _classes(pupil: Enrolment, kind: str) -> "QuerySet[SchoolClass]":
    """Of the grade and year; who comes back in a later year may stand in any class of it."""
    school_class = pupil.school_class
    found: QuerySet[SchoolClass] = SchoolClass.objects.filter(year__status=SchoolYear.Status.OPEN)
    if school_class.year.is_open:
        found = found.filter(year=school_class.year, grade=school_class.grade)
    return found.exclude(pk=school_class.pk) if kind == _K.CHANGED_CLASS else found


def _form_page(
    request: AuthenticatedHttpRequest,
    pupil: Enrolment,
    kind: str,
    form: MovementPaperForm,
    choice: ClassForm | None,
) -> HttpResponse:
    chosen: SchoolClass | None = None
    if choice is not None and choice.is_bound and choice.is_valid():
        chosen = choice.cleaned_data["to"]
    context: dict[str, Any] = {
        "pupil": pupil,
        "kind": kind,
        "title": TITLES[_K(kind)],
        "form": form,
        "choice": choice,
        "chosen": chosen,
        "carriage": plan_carriage(pupil, chosen) if chosen and chosen.pk != pupil.school_class_id else None,
    }
    refused = request.method == "POST"
    return render(request, "gradebook/movement_form.html", context, status=422 if refused else 200)


def _load_pupil(request: AuthenticatedHttpRequest, pk: int) -> Enrolment:
    visible = Enrolment.objects.whole_record_visible_to(request.user)
    pupil: Enrolment = get_object_or_404(visible.select_related("student", "school_class__year"), pk=pk)
    return pupil


def _page_of(place: Enrolment) -> str:
    return reverse("gradebook:pupil_movements", args=[place.pk])
