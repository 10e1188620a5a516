"""Lines of the signature sheet, ticked when the paper has come back; and why one is withdrawn."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import PastDayField
from archive.models import PaperFact
from archive.paper.acts import Done
from archive.paper.sheet import Line
from gradebook.attachments import Accepted, BadFile, Upload, accept

Kind = PaperFact.Kind
NEEDS = {
    f"{Kind.PRINTED}:": ("copies", _("Say how many copies were printed.")),
    f"{Kind.STORED}:": ("place", _("Say which box and shelf it is in.")),
    f"{Kind.SCAN}:": ("scan", _("Choose the scan of the signed sheet.")),
}
ALL_TEACHERS = f"{Kind.TEACHER}:"
"""Ticked for every subject teacher whose line is still empty: they mostly sign on the same day."""


class LinesForm(forms.Form):
    lines = forms.MultipleChoiceField(
        label=_("What was done"), error_messages={"required": _("Tick the lines that are done.")}
    )
    on = PastDayField(label=_("Date"), help_text=_("Day, month, year, as on the paper."))
    copies = forms.IntegerField(
        label=_("Copies"), required=False, min_value=1, max_value=99, help_text=_("When it was printed.")
    )
    place = forms.CharField(
        label=_("Box and shelf"),
        required=False,
        max_length=100,
        help_text=_("When it was put away, for example: hộp 3, kệ 2, kho lưu trữ."),
    )
    scan = forms.FileField(
        label=_("Scan of the signed sheet"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,.png,.jpg,.jpeg"}),
        help_text=_("A PDF document or a picture (PNG, JPEG)."),
    )
    note = forms.CharField(
        label=_("Remark on it"),
        required=False,
        max_length=200,
        help_text=_(
            "It stands beside every line that is ticked now. For example, who signed in whose place."
        ),
    )

    def __init__(self, data: Any = None, files: Any = None, *, sheet: Sequence[Line]) -> None:
        super().__init__(data, files, initial={"on": timezone.localdate()})
        empty = [line for line in sheet if line.fact is None]
        self.teachers = [line.key for line in empty if line.kind == Kind.TEACHER]
        offered = [*(line.key for line in empty), *([ALL_TEACHERS] if self.teachers else [])]
        self.fields["lines"].choices = [(key, key) for key in offered]  # type: ignore[attr-defined]
        for kind, (name, _text) in NEEDS.items():
            if kind not in {line.key for line in empty}:
                del self.fields[name]

    @property
    def ticked(self) -> list[str]:
        """Whatever was ticked, so that it stays so when the form is refused."""
        return self.data.getlist("lines") if isinstance(self.data, QueryDict) else []

    def clean_lines(self) -> list[str]:
        lines: list[str] = self.cleaned_data["lines"]
        if ALL_TEACHERS in lines:
            lines = list(dict.fromkeys([*self.teachers, *(key for key in lines if key != ALL_TEACHERS)]))
        return lines

    def clean_scan(self) -> Accepted | None:
        file = self.cleaned_data.get("scan")
        if not file:
            return None
        try:
            [accepted] = accept([Upload(file.name or "", file.size or 0, file.read)])
        except BadFile as bad:
            raise forms.ValidationError(bad.sentence) from None
        return accepted

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for kind, (name, text) in NEEDS.items():
            if kind in cleaned.get("lines", []) and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, text)
        return cleaned

    @property
    def done(self) -> Done:
        given = self.cleaned_data
        return Done(
            given["on"], given["note"], given.get("copies"), given.get("place", ""), given.get("scan")
        )


class WithdrawalForm(forms.Form):
    why = forms.CharField(label=_("Why it is withdrawn"), max_length=200)
