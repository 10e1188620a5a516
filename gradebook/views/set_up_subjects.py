"""Setting up a year: the subjects of its classes."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import permission_required
from accounts.http import AuthenticatedHttpRequest, posted, redirect_to
from accounts.roles import Permission
from gradebook.actions.courses import (
    CourseInUse,
    SubjectKnown,
    add_own_subject,
    in_use,
    plan_of,
    shape_courses,
    withdraw_courses,
)
from gradebook.actions.curriculum import Choice, RefusedChoice, choose_subjects
from gradebook.forms.set_up import OwnSubjectForm, ShapeForm
from gradebook.models import Course, SchoolClass, SchoolYear
from gradebook.set_up.refusals import refusal
from gradebook.set_up.subjects import posted_choices, read_grade
from gradebook.views.set_up import grades_of, load_year, page, refuse_closed
from gradebook.years import YearClosed


@require_safe
@permission_required(Permission.SET_UP_YEAR)
def subjects(request: AuthenticatedHttpRequest, name: str) -> HttpResponse:
    year = load_year(name)
    tables = [read_grade(year, grade) for grade in grades_of(year)]
    opened = [school_class for table in tables if table.grade < 10 for school_class in table.without_courses]
    return page(request, "subjects", "subjects", year, tables=tables, to_open=opened)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def open_compulsory(request: AuthenticatedHttpRequest, name: str) -> HttpResponse:
    """The curriculum leaves nothing to choose before grade 10 but a language in grades 1 and 2."""
    year = load_year(name)
    empty = [
        each for grade in grades_of(year) if grade < 10 for each in read_grade(year, grade).without_courses
    ]
    return _choose(request, year, dict.fromkeys(empty, Choice()), None)


@require_safe
@permission_required(Permission.SET_UP_YEAR)
def grade(request: AuthenticatedHttpRequest, name: str, grade: int) -> HttpResponse:
    return _grade_page(request, load_year(name), grade)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def choose(request: AuthenticatedHttpRequest, name: str, grade: int) -> HttpResponse:
    year = load_year(name)
    choices = posted_choices(request.POST, list(year.classes.filter(grade=grade)), grade)
    return _choose(request, year, choices, grade)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def copy(request: AuthenticatedHttpRequest, name: str, grade: int) -> HttpResponse:
    """The choices of one class for every class of the grade that has no subjects yet."""
    year = load_year(name)
    table = read_grade(year, grade)
    source = request.POST.get("source", "")
    places = {str(each.pk): place for place, each in enumerate(table.classes)}
    if source not in places:
        raise Http404
    cells = [(row.code, row.cells[places[source]]) for row in table.rows]
    choice = Choice(
        frozenset(code for code, cell in cells if cell.is_ticked and code in table.offered),
        frozenset(code for code, cell in cells if cell.is_thematic),
    )
    return _choose(request, year, dict.fromkeys(table.without_courses, choice), grade)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SET_UP_YEAR)
def shape(request: AuthenticatedHttpRequest, name: str, grade: int, code: str) -> HttpResponse:
    """Lessons, semesters and strands of one subject in the classes of a grade."""
    year, courses = load_year(name), _courses(name, grade, code)
    classes = [course.school_class for course in courses]
    used = in_use(courses)
    free = [course.school_class for course in courses if course not in used]
    plan = plan_of(courses[0])
    initial = {
        "lessons_per_year": plan.lessons_per_year,
        "semesters": "".join(map(str, plan.extra.semesters)),
        "strands": ", ".join(plan.strands),
        "classes": [each.pk for each in free],
    }
    form = ShapeForm(posted(request), classes=classes, kind=courses[0].kind, initial=initial)
    if form.is_valid():
        chosen = [course for course in courses if course.school_class in form.cleaned_data["classes"]]
        try:
            changed = shape_courses(courses=chosen, shape=form.shape, by=request.user)
        except CourseInUse as problem:
            form.add_error("classes", refusal(problem))
        except YearClosed:
            return refuse_closed(request, "set_up_grade", name, grade)
        else:
            return _saved(request, year, grade, len(changed))
    context = {"form": form, "grade": grade, "courses": courses, "used": used, "subject": courses[0].subject}
    context["is_own"] = code.startswith("rieng-")
    return page(request, "shape", "subjects", year, status=422 if form.is_bound else 200, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SET_UP_YEAR)
def own_subject(request: AuthenticatedHttpRequest, name: str, grade: int) -> HttpResponse:
    year = load_year(name)
    classes = list(year.classes.filter(grade=grade))
    if not classes:
        raise Http404
    form = OwnSubjectForm(
        posted(request), classes=classes, grade=grade, initial={"classes": [each.pk for each in classes]}
    )
    if form.is_valid():
        try:
            opened = add_own_subject(**form.cleaned_data, by=request.user)
        except SubjectKnown:
            form.add_error("name", _("The curriculum, or one of these classes, has this subject already."))
        except YearClosed:
            return refuse_closed(request, "set_up_grade", name, grade)
        else:
            return _saved(request, year, grade, len(opened))
    status = 422 if form.is_bound else 200
    return page(request, "own_subject", "subjects", year, status=status, form=form, grade=grade)


@require_POST
@permission_required(Permission.SET_UP_YEAR)
def withdraw(request: AuthenticatedHttpRequest, name: str, grade: int, code: str) -> HttpResponse:
    """Take a subject of the school's own out of the classes where nothing was entered in it."""
    year, courses = load_year(name), _courses(name, grade, code)
    if not code.startswith("rieng-"):
        raise Http404
    used = in_use(courses)
    free = [course for course in courses if course not in used]
    try:
        withdraw_courses(courses=free, by=request.user)
    except (CourseInUse, YearClosed) as problem:
        messages.error(request, refusal(problem))
        return redirect_to(reverse("gradebook:set_up_grade", args=[name, grade]))
    return _saved(request, year, grade, len(free))


def _courses(name: str, grade: int, code: str) -> list[Course]:
    courses = list(
        Course.objects.of_subjects()
        .filter(school_class__year__name=name, school_class__grade=grade, subject__code=code)
        .select_related("subject", "school_class__year")
        .order_by("school_class__name")
    )
    if not courses:
        raise Http404
    return courses


def _choose(
    request: AuthenticatedHttpRequest,
    year: SchoolYear,
    choices: Mapping[SchoolClass, Choice],
    grade: int | None,
) -> HttpResponse:
    try:
        changed = choose_subjects(choices=choices, by=request.user)
    except RefusedChoice as problem:
        return _grade_page(request, year, problem.school_class.grade, typed=choices, problem=problem)
    except YearClosed:
        return refuse_closed(request, "set_up_subjects", year.name)
    return _saved(request, year, grade, len(changed))


def _saved(
    request: AuthenticatedHttpRequest, year: SchoolYear, grade: int | None, count: int
) -> HttpResponse:
    text = ngettext("Saved: %(count)d class changed.", "Saved: %(count)d classes changed.", count)
    messages.success(request, text % {"count": count})
    if grade is None:
        return redirect_to(reverse("gradebook:set_up_subjects", args=[year.name]))
    return redirect_to(reverse("gradebook:set_up_grade", args=[year.name, grade]))


def _grade_page(
    request: AuthenticatedHttpRequest,
    year: SchoolYear,
    grade: int,
    *,
    typed: Mapping[SchoolClass, Choice] | None = None,
    problem: RefusedChoice | None = None,
) -> HttpResponse:
    table = read_grade(year, grade, typed)
    if not table.classes:
        raise Http404
    context: dict[str, Any] = {"table": table, "grades": grades_of(year)}
    context["problem"] = refusal(problem) if problem else ""
    return page(request, "grade", "subjects", year, status=422 if problem else 200, **context)
