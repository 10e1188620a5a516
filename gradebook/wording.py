"""What the pages of lists call each kind of list and its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gradebook.models import Import


@dataclass(frozen=True, slots=True)
class ListWords:
    """`who` and `facts` are the headings of a preview's table."""

    title: Any
    intro: Any
    who: Any
    facts: Sequence[Any]


LISTS: Mapping[str, ListWords] = {
    Import.Kind.STAFF: ListWords(
        _("Staff"),
        _(
            "Names, staff codes, posts and departments. Everybody who has no account yet gets one, with a password "
            "slip to hand over."
        ),
        _("Full name"),
        [_("Staff code"), _("User name"), _("Roles"), _("Department")],
    ),
    Import.Kind.CLASSES: ListWords(
        _("Classes"),
        _(
            "Class names, grades, homeroom teachers, and the chosen subjects of grades 10 to 12. The courses are "
            "opened by the curriculum."
        ),
        _("Class"),
        [_("Grade"), _("Homeroom teacher"), _("Chosen subjects")],
    ),
    Import.Kind.ASSIGNMENTS: ListWords(
        _("Teaching assignments"),
        _(
            "Who teaches what: one row for each teacher, subject and class, or a table with subjects as columns as "
            "timetable officers keep it."
        ),
        _("Teacher"),
        [_("Class"), _("Subject"), _("Strand")],
    ),
    Import.Kind.PUPILS: ListWords(
        _("Pupils"),
        _(
            "The list as the ministry's database or VEMIS exports it. New pupils are added, empty values of known ones "
            "are filled; nothing that stands is overwritten."
        ),
        _("Full name"),
        [_("Birth date"), _("Class"), _("Ministry identifier")],
    ),
}

EXPORTS: Mapping[str, tuple[Any, Any]] = {
    "pupils": (
        _("Pupils with their whole profile"),
        _("In the ministry's columns, as the sector's database and VEMIS read them."),
    ),
    "staff": (_("Staff with their roles"), _("Names, staff codes, posts and departments.")),
    "accounts": (_("Accounts"), _("Who can sign in, with which roles, and when they last did. No secrets.")),
    "classes": (_("Classes"), _("Grades, homeroom teachers and chosen subjects.")),
    "assignments": (_("Teaching assignments"), _("One row for each teacher, subject and class.")),
    "assignments-matrix": (_("Teaching assignments, as a table"), _("Classes as rows, subjects as columns.")),
}
