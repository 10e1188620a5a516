"""The form that asks for cells of one course: every cell with its own new value, and what all of them share."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corrections.cells import Standing, line_of
from corrections.dossiers import NotAccepted, asks_evidence
from corrections.forms import EvidenceField, ValueInput, ValueText, evidence_sentence
from corrections.models import CorrectionRequest
from corrections.proof import ABOUT_EVIDENCE, KINDS_OF_CELLS, can_be_oral, check_proof
from corrections.sentences import reason
from gradebook.actions.marks import Cell, Edit
from gradebook.attachments import BadFile, accept
from gradebook.entries import COMMENT_MAX, Refused, Rules
from gradebook.models import Column, Policy
from gradebook.refusals import sentence_of

_CELL = re.compile(r"(\d{1,18})-(\d{1,18})")
_SEEN = re.compile(r"seen-(\d{1,18})-(\d{1,18})")


def asked_cells(data: QueryDict) -> list[Cell]:
    """`?cell=<enrolment>-<column>`, as often as there are cells; anything else is left out."""
    matches = filter(None, map(_CELL.fullmatch, data.getlist("cell")))
    return [(int(match[1]), int(match[2])) for match in matches]


def posted_cells(data: QueryDict) -> list[Cell]:
    """The cells of a posted form: it carries the version seen of each, `seen-<enrolment>-<column>`."""
    matches = filter(None, map(_SEEN.fullmatch, data))
    return [(int(match[1]), int(match[2])) for match in matches]


def name_of(prefix: str, cell: Cell) -> str:
    return f"{prefix}-{cell[0]}-{cell[1]}"


def hint(rules: Rules) -> str:
    """What may be typed, in words."""
    if rules.column_kind == Column.Kind.COMMENT:
        return ""
    if rules.column_kind in Column.COUNTED:
        return sentence_of("not-a-count")
    if rules.scale:
        return sentence_of(f"not-a-level-{rules.scale.__name__}")
    if rules.whole:
        return _("A whole number from 0 to 10.")
    return _("A number from 0 to 10, as in 8,5.")


@dataclass(frozen=True, slots=True)
class Row:
    """One cell on the page. Without fields where nothing can be asked: `obstacle` says why, `typed` keeps the text."""

    cell: Standing
    obstacle: str
    typed: str
    hint: str
    seen: str
    new: forms.BoundField | None = None
    emptied: forms.BoundField | None = None
    left_out: forms.BoundField | None = None


class AboutForm(forms.Form):
    """What every request says: what happened, why, and the proof."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        help_text=gettext_lazy("It stays in the history of the mark for good."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = EvidenceField()

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, CorrectionRequest.Kind(kind).label) for kind in kinds
        ]

    def about(self) -> Iterator[forms.BoundField]:
        return (
            self[name]
            for name in ("kind", "is_oral", "reason", "evidence", "with_totals")
            if name in self.fields
        )

    def check_evidence(self, cleaned: Mapping[str, Any], *, ruled: bool = False) -> None:
        """What the action would find once all else is right; the files, which take time, only where it is not.

        `ruled`: the school asks for evidence whatever happened.
        """
        uploads = cleaned.get("evidence", [])
        try:
            check_proof(
                cleaned.get("kind", ""), is_oral=cleaned.get("is_oral", False), has_files=bool(uploads)
            )
            if ruled and not uploads:
                raise NotAccepted("evidence-ruled")
            if self.errors:
                accept(uploads)
        except (NotAccepted, BadFile) as refused:
            self.explain(refused)

    def explain(self, refused: NotAccepted | BadFile) -> None:
        """Put the reason of a refusal beside the field it is about."""
        if isinstance(refused, BadFile):
            self.add_error("evidence", evidence_sentence(refused))
        else:
            self.add_error("evidence" if refused.code in ABOUT_EVIDENCE else None, reason(refused.code))


class CellsForm(AboutForm):
    """`seen-…`, `new-…`, `emptied-…` and `left_out-…` for each cell that can be asked for."""

    is_oral = forms.BooleanField(
        label=gettext_lazy("The mark was given orally"),
        required=False,
        help_text=gettext_lazy(
            "There is no test paper then: the sheet that the pupil and a classmate have signed belongs to the evidence."
        ),
    )

    def __init__(
        self, *args: Any, cells: Sequence[Standing], policy: Policy | None, lost: int = 0, **kwargs: Any
    ) -> None:
        """`lost`: how many cells are no longer on the sheet."""
        super().__init__(*args, kinds=KINDS_OF_CELLS, **kwargs)
        self.cells, self.policy, self.lost = cells, policy, lost
        needed = reason("evidence-ruled" if self._is_ruled(cells) else "evidence-needed")
        self.fields["evidence"].help_text = f"{reason('evidence-help')} {needed}"
        self.fields["evidence"].is_conditional = True  # type: ignore[attr-defined]
        self.askable = [cell for cell in cells if not cell.obstacle]
        if not can_be_oral(cell.column for cell in cells):
            del self.fields["is_oral"]
        for cell in self.askable:
            self._add(cell)

    def _add(self, cell: Standing) -> None:
        what = f"{cell.enrolment.student}, {cell.column}"
        is_text = cell.column.kind == Column.Kind.COMMENT
        name = name_of("new", cell.cell)
        described = f"{name_of('about', cell.cell)} id_{name}_hint id_{name}_error"
        attrs = {"autocomplete": "off", "aria-describedby": described}
        widget = (
            ValueText(attrs={**attrs, "rows": 3, "maxlength": COMMENT_MAX}) if is_text else ValueInput(attrs)
        )
        self.fields[name] = forms.CharField(
            label=_("New value, %(what)s") % {"what": what}, widget=widget, required=False
        )
        self.fields[name_of("emptied", cell.cell)] = forms.BooleanField(
            label=_("The cell should be empty"), required=False
        )
        if len(self.cells) > 1:
            self.fields[name_of("left_out", cell.cell)] = forms.BooleanField(
                label=_("Leave out of the request"), required=False
            )

    def clean(self) -> dict[str, Any]:
        """Every fault at once: of the cells, of the proof, and where anything is wrong of the files too."""
        cleaned: dict[str, Any] = super().clean() or {}
        for cell in self._asked(cleaned):
            if name_of("new", cell.cell) not in cleaned:
                continue  # it holds what no text may hold, and says so
            if fault := _fault(
                cell, self._edit(cell, cleaned), emptied=cleaned[name_of("emptied", cell.cell)]
            ):
                self.add_error(name_of("new", cell.cell), fault)
        if self.lost:
            self.add_error(None, reason("not-on-this-sheet"))
        if len(self.askable) < len(self.cells):
            self.add_error(None, _("Some cells cannot be asked for; the reason stands beside each."))
        self.check_evidence(cleaned, ruled=self._is_ruled(self._asked(cleaned)))
        return cleaned

    def _is_ruled(self, cells: Iterable[Standing]) -> bool:
        return asks_evidence(self.policy, [cell.column for cell in cells])

    def _asked(self, cleaned: Mapping[str, Any]) -> list[Standing]:
        return [cell for cell in self.askable if not cleaned.get(name_of("left_out", cell.cell))]

    def _edit(self, cell: Standing, cleaned: Mapping[str, Any]) -> Edit:
        """A version that is no number was never on the page: it is a conflict like any other that was not seen."""
        version = _version(self.data[name_of("seen", cell.cell)])
        return Edit(*cell.cell, cleaned[name_of("new", cell.cell)], version)

    def edits(self) -> list[Edit]:
        return [self._edit(cell, self.cleaned_data) for cell in self._asked(self.cleaned_data)]

    def explain(self, refused: NotAccepted | BadFile) -> None:
        if isinstance(refused, BadFile) or not refused.problems:
            super().explain(refused)
            return
        for cell, code in refused.problems.items():
            name = name_of("new", (cell[0], cell[1]))
            self.add_error(name if name in self.fields else None, reason(code))

    def rows(self) -> Iterator[Row]:
        for cell in self.cells:
            names = [name_of(prefix, cell.cell) for prefix in ("new", "emptied", "left_out")]
            fields = [self[name] if name in self.fields else None for name in names]
            typed = self.data.get(names[0], "") if self.is_bound else self.initial.get(names[0], "")
            obstacle = reason(cell.obstacle) if cell.obstacle else ""
            yield Row(cell, obstacle, typed, hint(cell.rules), name_of("seen", cell.cell), *fields)


def _fault(cell: Standing, edit: Edit, *, emptied: bool) -> str:
    if edit.typed and emptied:
        return _("Either a new value or an empty cell, not both.")
    if not edit.typed and not emptied:
        return _("Type the new value, or tick that the cell should be empty.")
    try:
        line_of(cell, edit)
    except Refused as refused:
        return reason(refused.code)
    return ""


def _version(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text) else -1
