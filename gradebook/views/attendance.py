"""The roll call of a half-day: in the classroom, on a phone."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest, redirect_to
from gradebook import origins, policies
from gradebook.actions.attendance import Outcome, save_attendance
from gradebook.attendance_fields import line_name
from gradebook.attendance_rules import AFTERNOON, LETTERS, MORNING
from gradebook.attendance_sheet import Roll, RollLine, read_roll
from gradebook.attendance_terms import halves_of, policy_of
from gradebook.attendance_words import WORDS, counted, refused, sentence, writers
from gradebook.forms.attendance import parse_day, parse_half, posted_roll
from gradebook.models import Absence, Enrolment, HalfDay, SchoolClass

NOON = 12
ONE_DAY = timedelta(days=1)


@require_safe
def roll(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    school_class = load_class(request, pk)
    day = parse_day(request.GET.get("day", "")) or _today_in(school_class)
    halves = halves_of(policy_of(school_class))
    return _page(request, school_class, day, parse_half(request.GET.get("half", ""), halves) or _now(halves))


@require_POST
def save_roll(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Every pupil of the form, or nobody absent with “everybody is here”."""
    school_class = load_class(request, pk)
    if not policies.may_keep_attendance(request.user, school_class):
        raise PermissionDenied
    day, half_day = _posted_half_day(request, school_class)
    edits = [] if "everybody" in request.POST else list(posted_roll(request.POST, day, half_day))
    outcome = save_attendance(
        school_class=school_class, edits=edits, calls=[(day, half_day)], by=request.user, origin="roll"
    )
    if outcome.refused or outcome.not_called:
        return _page(request, school_class, day, half_day, outcome)
    messages.success(request, _said(request, read_roll(school_class, day, half_day)))
    return redirect_to(roll_url(school_class, day, half_day))


@require_safe
def pupil(request: AuthenticatedHttpRequest, enrolment: int) -> HttpResponse:
    """Every half-day a pupil missed, and every word that was ever written about it (S3-37)."""
    visible = Enrolment.objects.whole_record_visible_to(request.user).select_related(
        "student", "school_class__year"
    )
    chosen = get_object_or_404(visible, pk=enrolment)
    rows = Absence.history.filter(enrolment=chosen.pk).select_related("history_user")
    changes = [
        {
            "row": row,
            "half": HalfDay(row.half_day).label,
            "letter": LETTERS[row.kind],
            "word": WORDS[LETTERS[row.kind]],
            "origin": origins.sentence(row.history_origin),
        }
        for row in rows.order_by("-day", "half_day", "-version")
    ]
    context = {"enrolment": chosen, "changes": changes, "halves": halves_of(policy_of(chosen.school_class))}
    return render(request, "gradebook/pupil_attendance.html", context)


def load_class(request: AuthenticatedHttpRequest, pk: int) -> SchoolClass:
    visible = SchoolClass.objects.visible_to(request.user).select_related("year", "homeroom_teacher")
    found: SchoolClass = get_object_or_404(visible, pk=pk)
    return found


def roll_url(school_class: SchoolClass, day: date, half_day: str) -> str:
    query = {"day": f"{day}", "half": half_day}
    return reverse("gradebook:roll", args=[school_class.pk], query=query)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: as it is stored, or as somebody chose it when it was refused, with the reason."""

    stored: RollLine
    letter: str
    note: str
    problem: str = ""

    @property
    def field(self) -> str:
        return line_name(self.stored.enrolment.pk, self.stored.version)


def _page(
    request: AuthenticatedHttpRequest,
    school_class: SchoolClass,
    day: date,
    half_day: str,
    outcome: Outcome | None = None,
) -> HttpResponse:
    found = read_roll(school_class, day, half_day)
    year = school_class.year
    context = {
        "school_class": school_class,
        "roll": found,
        "lines": _lines(found, outcome),
        "refusal": sentence(found.refusal) if found.refusal else "",
        "letters": WORDS.items(),
        "counts": counted(*found.counts),
        "halves": [(half, HalfDay(half).label) for half in found.halves],
        "half_label": HalfDay(half_day).label if len(found.halves) > 1 else "",
        "yesterday": day - ONE_DAY if day > year.starts_on else None,
        "tomorrow": day + ONE_DAY if day < min(year.ends_on, timezone.localdate()) else None,
        "may_write": policies.may_keep_attendance(request.user, school_class) and not found.refusal,
        "reads_notes": SchoolClass.objects.whole_book_visible_to(request.user)
        .filter(pk=school_class.pk)
        .exists(),
        "problems": len(outcome.refused) if outcome else 0,
    }
    return render(request, "gradebook/roll.html", context, status=422 if outcome else 200)


def _lines(found: Roll, outcome: Outcome | None) -> list[Line]:
    refusals = outcome.refused if outcome else []
    changed_by = writers(refusals)
    chosen = {refusal.edit.enrolment_id: refusal for refusal in refusals}
    lines = []
    for line in found.lines:
        if refusal := chosen.get(line.enrolment.pk):
            reason = refused(refusal, changed_by)
            lines.append(Line(line, refusal.edit.typed, refusal.edit.note or "", reason))
        else:
            lines.append(Line(line, line.letter, line.note))
    return lines


def _said(request: AuthenticatedHttpRequest, saved: Roll) -> str:
    return _("Roll of %(day)s saved by %(who)s at %(time)s. %(counts)s.") % {
        "day": date_format(saved.day, "d/m/Y"),
        "who": request.user,
        "time": date_format(timezone.localtime(), "H:i"),
        "counts": counted(*saved.counts),
    }


def _posted_half_day(request: AuthenticatedHttpRequest, school_class: SchoolClass) -> tuple[date, str]:
    """The form always names them; an address written by hand finds no such roll."""
    day = parse_day(request.POST.get("day", ""))
    half_day = parse_half(request.POST.get("half", ""), halves_of(policy_of(school_class)))
    if day is None or half_day is None:
        raise Http404
    return day, half_day


def _today_in(school_class: SchoolClass) -> date:
    year = school_class.year
    return min(max(timezone.localdate(), year.starts_on), year.ends_on)


def _now(halves: tuple[str, ...]) -> str:
    afternoon = AFTERNOON in halves and timezone.localtime().hour >= NOON
    return AFTERNOON if afternoon else MORNING
