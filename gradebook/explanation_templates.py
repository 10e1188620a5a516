"""What each reason code of the rules says, in words. One row a code; `explanations` fills them.

A row holds templates, the fullest first: the first one whose fields the reason has is used. Fields: subject,
value, threshold, level, before, needed; compared (“6,4 < 6,5”); conduct and learning (the circular's words).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Row = tuple[str | Promise, ...]

OUT_OF_REACH = _("%(level)s is out of reach: %(fact)s")

# What carried a level.
REACHED: dict[str, Row] = {
    "level-reached": (_("level: %(level)s"), _("level: %(value)s")),
    "overall-reached": (_("mean of all subjects %(compared)s"),),
    "anchor-reached": (_("anchor subject %(subject)s %(compared)s"),),
    "specialised-reached": (_("specialised subject %(subject)s %(compared)s"),),
    "enough-subjects": (_("%(value)s subjects ≥ %(threshold)s, %(needed)s needed"),),
    "lowest-subject": (_("lowest subject: %(subject)s %(compared)s"),),
    "lowest-test": (_("lowest test: %(subject)s %(compared)s"),),
    "comments-within": (_("comment subjects not passed: %(value)s, at most %(threshold)s allowed"),),
    "adjusted": (
        _("raised from %(before)s to %(level)s: %(subject)s alone (%(value)s) had lowered it"),
        _("raised to %(level)s: %(subject)s alone (%(value)s) had lowered it"),
    ),
    "not-listed": (
        _(
            "the mean reaches %(level)s and %(subject)s alone (%(value)s) lowers it to %(before)s: the circular"
            " does not settle this, the school decides"
        ),
        _(
            "the mean reaches %(level)s and %(subject)s alone (%(value)s) lowers it: the circular does not"
            " settle this, the school decides"
        ),
    ),
    "nothing-assessed": (_("nothing has been assessed yet"),),
}

# What kept `level` out of reach.
MISSED: dict[str, Row] = {
    "subject-below": ("%(subject)s %(compared)s",),
    "too-few-subjects": (_("only %(value)s of %(needed)s subjects ≥ %(threshold)s"),),
    "nearest-subject": (_("nearest to %(threshold)s is %(subject)s %(value)s"),),
    "comment-not-passed": ("%(subject)s (%(value)s)",),
    "subject-level-below": (_("%(subject)s (%(value)s), %(threshold)s is needed"),),
    "trait-below": (_("%(subject)s (%(value)s), %(threshold)s is needed"),),
    "test-below": (_("test of %(subject)s %(compared)s"),),
    "overall-below": (_("mean of all subjects %(compared)s"),),
    "no-anchor": (
        _("no anchor subject reaches %(threshold)s; the highest is %(subject)s %(value)s"),
        _("no anchor subject reaches %(threshold)s"),
    ),
    "specialised-below": (_("specialised subject %(subject)s %(compared)s"),),
    "first-semester-below": (_("semester I (%(value)s), %(threshold)s is needed"),),
    "second-semester-below": (_("semester II (%(value)s), %(threshold)s is needed"),),
}

# Conduct, promotion, retests and awards.
DECIDED: dict[str, Row] = {
    "first-semester": (_("semester I: %(value)s"),),
    "second-semester": (_("semester II: %(value)s"),),
    "absences-over": (_("half-days absent: %(value)s, more than the %(threshold)s allowed"),),
    "absences-within": (_("half-days absent: %(value)s, at most %(threshold)s allowed"),),
    "conduct-below": (_("%(conduct)s: %(value)s, below %(threshold)s"),),
    "conduct-reached": (_("%(conduct)s: %(value)s, at least %(threshold)s is needed"),),
    "learning-below": (_("%(learning)s: %(value)s, below %(threshold)s"),),
    "learning-reached": (_("%(learning)s: %(value)s, at least %(threshold)s is needed"),),
    "both-below": (_("both %(conduct)s and %(learning)s are too low: no second chance in summer"),),
    "too-low-for-retest": (_("%(learning)s: %(value)s, too low for a retest"),),
    "retest-offered": (
        _("may be assessed again: %(subject)s %(compared)s"),
        _("may be assessed again: %(subject)s, %(value)s"),
    ),
    "result-below": (_("result of the year: %(value)s, below %(threshold)s"),),
    "after-support": (_("after support and another assessment: %(value)s"),),
    "principal-decided": (_("the principal has decided"),),
    "principal-to-decide": (_("the principal has to decide"),),
    "outstanding": (_("outstanding in a subject, or marked progress in a quality or competence"),),
    "not-outstanding": (
        _("not outstanding in any subject, no marked progress in any quality or competence"),
    ),
    "recognised": (_("recognised by the class"),),
    "not-recognised": (_("not recognised by the class"),),
    "titles-switched-off": (_("the school gives no year-end titles"),),
}

ROWS = REACHED | MISSED | DECIDED

# Each circular has its own words for conduct and learning.
JUDGED: dict[str, dict[str, Promise]] = {
    "TT22": {
        "conduct": pgettext_lazy("TT 22/2021", "conduct"),
        "learning": pgettext_lazy("TT 22/2021", "learning result"),
    },
    "TT58": {
        "conduct": pgettext_lazy("TT 58/2011", "conduct"),
        "learning": pgettext_lazy("TT 58/2011", "academic level"),
    },
}

CLAUSES = (
    _("Circular %(circular)s"),
    _("Circular %(circular)s, article %(article)s"),
    _("Circular %(circular)s, article %(article)s, clause %(paragraph)s"),
    _("Circular %(circular)s, article %(article)s, clause %(paragraph)s, point %(point)s"),
)
AMENDED = {"TT58-2020": _("58/2011 as amended by Circular 26/2020")}

# What is still missing.
PARTS: dict[str, str | Promise] = {
    "subjects": _("%(subject)s: no level yet"),
    "traits": _("%(subject)s: no level yet"),
    "tests": _("test of %(subject)s: no score yet"),
    "conduct": _("%(conduct)s: none yet"),
    "learning": _("%(learning)s: none yet"),
    "academic": _("%(learning)s: none yet"),
    "absences": _("absences: not entered yet"),
    "summer": _("summer: nothing recorded yet"),
    "result": _("result of the year: none yet"),
}
SUBJECT = _("%(subject)s: no result yet")
COLUMNS: dict[str, str | Promise] = {
    "regular": _("regular assessment %(number)s"),
    "periodic": _("45-minute test %(number)s"),
    "midterm": _("midterm assessment"),
    "final": _("final assessment"),
    "semester": _("semester %(number)s"),
}
STATES = {
    "Empty": _("nothing entered yet"),
    "AwaitingMakeUp": _("awaiting the make-up test"),
}
