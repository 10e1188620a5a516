"""Where the circulars leave room, in words: the question, its two answers, the clause, and who may be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gradebook.actions.rules import is_in_use
from gradebook.assessment import schemes
from gradebook.assessment.schemes import Circular
from gradebook.explanations import clause
from gradebook.labels import CIRCULARS
from gradebook.models import Level, Policy, SchoolClass, SchoolYear


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that a circular leaves to the school. `word` stands in the scheme code when the other is chosen."""

    word: str
    clauses: tuple[str, ...]
    """One for each circular that leaves it open."""
    question: Any
    default: Any
    other: Any

    def place(self, circulars: Iterable[Circular]) -> str:
        """The clauses of these circulars, in words."""
        names = {circular.value for circular in circulars}
        return "; ".join(clause(code) for code in self.clauses if code.partition(":")[0] in names)


CHOICES = (
    Choice(
        "removal",
        ("TT22-2021:9.3",),
        _("When has one subject alone lowered the learning result by two levels or more?"),
        _("when the best possible result in it would raise the level by two (literal reading)"),
        _("when the level without that subject would be two higher"),
    ),
    Choice(
        "scored-only",
        ("TT22-2021:9.3", "TT58-2011:13.6", "TT58-2020:13.6"),
        _("Can that one subject be one assessed by comment?"),
        _("yes, the circular says “subject” without a limit"),
        _("no, only a scored subject"),
    ),
    Choice(
        "thematic-included",
        ("TT22-2021:6.3",),
        _("How does the mark of a thematic study count?"),
        _("as one more regular mark"),
        _("as one of the regular marks"),
    ),
    Choice(
        "retest-after-both",
        ("TT22-2021:14",),
        _("A pupil failed both conduct and learning. May they be assessed again after the summer training?"),
        _("no, they stay in the class"),
        _("yes, once conduct is passed"),
    ),
    Choice(
        "zero",
        ("TT27-2020:7.1.d",),
        _("May a test in primary school score 0?"),
        _("no, the lowest score is 1"),
        _("yes"),
    ),
    Choice(
        "no-titles",
        ("TT22-2021:15", "TT27-2020:13", "TT58-2011:18", "TT58-2020:18"),
        _("Are titles given at the end of the year?"),
        _("yes, as the circular names them"),
        _("no, only other forms of praise (Circular 19/2025)"),
    ),
)


@dataclass(frozen=True, slots=True)
class LevelRules:
    """The rules of one level in a year: circulars, open questions with the answer chosen, and whether they are used."""

    policy: Policy
    circulars: tuple[Any, ...]
    classes: tuple[SchoolClass, ...]
    choices: tuple[tuple[Choice, str, bool], ...]
    """Each with its place in the circulars, and whether the other answer was chosen."""
    in_use: bool

    @property
    def words(self) -> list[str]:
        """What may be chosen here."""
        return [choice.word for choice, _place, _chosen in self.choices]

    @property
    def is_fixed(self) -> bool:
        return self.in_use or not self.policy.year.is_open


def read_rules(year: SchoolYear | None) -> list[LevelRules]:
    """One for each level that has classes in the year."""
    policies = {p.level: p for p in Policy.objects.filter(year=year).select_related("year")}
    classes = list(SchoolClass.objects.filter(year=year))
    found = (
        _level(policies[level], [c for c in classes if c.level == level])
        for level in Level
        if level in policies
    )
    return [rules for rules in found if rules.classes]


def _level(policy: Policy, classes: list[SchoolClass]) -> LevelRules:
    circulars = list(dict.fromkeys(_circulars(classes)))
    return LevelRules(
        policy,
        tuple(CIRCULARS[circular] for circular in circulars),
        tuple(classes),
        tuple(
            (choice, choice.place(circulars), choice.word in policy.words)
            for choice in CHOICES
            if schemes.circulars_open_to(choice.word) & set(circulars)
        ),
        is_in_use(policy),
    )


def _circulars(classes: Iterable[SchoolClass]) -> Iterable[Circular]:
    for school_class in classes:
        try:
            yield schemes.parse(school_class.scheme).circular
        except schemes.UnknownScheme:
            continue
