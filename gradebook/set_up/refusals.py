"""Why a subject was not opened, changed or withdrawn, in a sentence."""

from django.utils.translation import gettext as _

from gradebook.actions.courses import CourseInUse
from gradebook.actions.curriculum import RefusedChoice
from gradebook.assessment.catalogue import in_book_order
from gradebook.assessment.choices import WrongChoice


def refusal(problem: ValueError) -> str:
    if isinstance(problem, RefusedChoice):
        return f"{problem.school_class}: {refusal(problem.problem)}"
    if isinstance(problem, CourseInUse):
        named = ", ".join(str(course) for course in problem.courses)
        return _("Marks were entered in %(courses)s: its columns stay as they are.") % {"courses": named}
    if isinstance(problem, WrongChoice):
        names = {known.code: known.name for known in in_book_order()}
        listed = ", ".join(names.get(code, code) for code in problem.subjects) or "–"
        return _wrong(problem.code) % {"subjects": listed}
    return _("The school year is closed.")


def _wrong(code: str) -> str:
    sentences = {
        "unknown": _("this grade cannot choose: %(subjects)s."),
        "chosen-number": _("exactly four subjects are chosen; ticked now: %(subjects)s."),
        "thematic-unknown": _(
            "no thematic studies here, because the class does not take the subject: %(subjects)s."
        ),
        "thematic-number": _("three subjects have thematic studies; ticked now: %(subjects)s."),
    }
    return sentences[code]
