"""What rests on a decision: results, seats, movements, assignments. While anything does, the decision stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, ManyToOneRel, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.recorded import Recorded
from gradebook.models import Decision, SchoolClass

Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Use:
    """Rows of one kind, and where to see them: words and address."""

    label: str
    count: int
    links: tuple[Link, ...] = ()


def is_in_use(decision: Decision) -> bool:
    """Whether any record refers to it, of this app or of one above: asked of the models, so that none is forgotten."""
    return any(rows.exists() for rows in _referring(decision))


def uses(decision: Decision, user: User) -> list[Use]:
    """What rests on it, with links to the classes that this person may see; the same number of queries always."""
    visible = {row.pk: row for row in SchoolClass.objects.visible_to(user).filter(year=decision.year_id)}
    found = (
        Use(_("Results decided"), decision.proposals.count(), _proposals(decision, visible)),
        Use(_("Seats on the board"), decision.board.count(), ((_("Board"), reverse("gradebook:board")),)),
        Use(_("Movements of pupils"), decision.movements.count(), _classes(_moved(decision), visible)),
        Use(_("Teaching assignments"), decision.assignments.count(), _classes(_taught(decision), visible)),
        Use(
            _("Lock orders"),
            decision.lock_orders.count(),
            ((_("Lock board"), reverse("gradebook:lock_board")),),
        ),
        Use(_("Confirmed as read"), decision.acknowledgements.count()),
    )
    return [use for use in found if use.count]


def _referring(decision: Decision) -> Iterator["QuerySet[Any]"]:
    for relation in Decision._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and issubclass(relation.related_model, Recorded):
            yield relation.related_model.objects.filter(**{relation.field.name: decision})


def _proposals(decision: Decision, visible: dict[int, SchoolClass]) -> tuple[Link, ...]:
    counted = decision.proposals.values_list("enrolment__school_class", "stage").annotate(n=Count("pk"))
    return tuple(
        (visible[pk].name, reverse("gradebook:proposals", args=[pk, stage]))
        for pk, stage, _count in sorted(counted)
        if pk in visible
    )


def _moved(decision: Decision) -> Iterable[int | None]:
    pairs = decision.movements.values_list("origin__school_class", "target__school_class")
    return {pk for pair in pairs for pk in pair}


def _taught(decision: Decision) -> Iterable[int | None]:
    return set(decision.assignments.values_list("course__school_class", flat=True))


def _classes(pks: Iterable[int | None], visible: dict[int, SchoolClass]) -> tuple[Link, ...]:
    found = sorted((visible[pk] for pk in pks if pk in visible), key=lambda row: (row.grade, row.name))
    return tuple((row.name, reverse("gradebook:school_class", args=[row.pk])) for row in found)
