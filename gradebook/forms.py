"""The shape of what is posted. Whether it may be saved is for the actions to say."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gradebook.actions.marks import Edit
from gradebook.actions.proposal_desk import Wish
from gradebook.actions.proposals import BooksOpen, DateOutside, NumberTaken, clean_number
from gradebook.import_problems import file_sentence
from gradebook.import_rows import Misplaced
from gradebook.models import LockOrder, Period, SchoolClass, SchoolYear
from gradebook.spreadsheets.problems import Code, Refused, UnsafeFile

_FIELD = re.compile(r"m-(\d{1,18})-(\d{1,18})-(\d{1,9})")


def posted_edits(data: QueryDict) -> Iterator[Edit]:
    """The cells of a posted grid: `m-<enrolment>-<column>-<version seen>=<typed>`."""
    for name in data:
        if match := _FIELD.fullmatch(name):
            enrolment, column, version = map(int, match.groups())
            yield Edit(enrolment, column, str(data[name]), version)


_WISH = re.compile(r"outcome-([1-9][0-9]{0,17})")


def posted_wishes(data: QueryDict) -> Iterator[Wish]:
    """The pupils of a posted proposal sheet: `outcome-<enrolment>=…` and what goes with it. No outcome: no wish."""
    for name in data:
        if (match := _WISH.fullmatch(name)) and (outcome := str(data[name])):
            pk = int(match[1])
            award, reason, distinction = (
                str(data.get(f"{field}-{pk}", "")) for field in ("award", "reason", "distinction")
            )
            yield Wish(
                pk,
                outcome,
                award,
                reason,
                distinction,
                class_recognised=f"recognised-{pk}" in data,
                seen=data.get(f"seen-{pk}"),
            )


class DecisionForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the decision"),
        max_length=40,
        help_text=_("As on the paper, for example 45/QĐ-THCS."),
    )
    # A text field: a date picker shows the order of day and month that the browser's language has.
    dated = forms.DateField(
        label=_("Date of the decision"),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput({"placeholder": "dd/mm/yyyy", "autocomplete": "off"}, format="%d/%m/%Y"),
        help_text=_("Day, month, year, as in 30/05/2027."),
    )
    # Enter in a field would otherwise decide on a whole class unasked.
    seen = forms.BooleanField(label=_("I have looked at every pupil below."))

    def clean_number(self) -> str:
        number = clean_number(self.cleaned_data["number"])
        if not number:
            raise ValidationError(_("Type the number of the decision."))
        return number

    @property
    def decision(self) -> dict[str, Any]:
        """What `decide` takes."""
        return {"number": self.cleaned_data["number"], "dated": self.cleaned_data["dated"]}

    def refuse(self, problem: ValueError) -> None:
        """Put beside its field why nothing was decided."""
        if isinstance(problem, NumberTaken):
            text = _("This number belongs to a decision of %(date)s.")
            self.add_error("number", text % {"date": f"{problem.dated:%d/%m/%Y}"})
        elif isinstance(problem, DateOutside):
            self.add_error(
                "dated", _("A decision of this year is dated within it or in the summer after it.")
            )
        elif isinstance(problem, BooksOpen):
            self.add_error(None, _("Books of this class are still open. Have them locked first."))
        else:
            self.add_error(None, _("The school year is closed."))


WHOLE_SCHOOL = "school"


class LockOrderForm(forms.Form):
    act = forms.ChoiceField(label=_("What to do"), choices=LockOrder.Act.choices, widget=forms.RadioSelect)
    period = forms.ModelChoiceField(
        label=_("Period"), queryset=Period.objects.none(), empty_label=_("Choose")
    )
    # Chosen explicitly: a forgotten field must not lock the whole school.
    scope = forms.ChoiceField(label=_("For"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("As it will stand in the journal."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, year: SchoolYear | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classes = {str(row.pk): row for row in SchoolClass.objects.filter(year=year)}
        self.fields["period"].queryset = Period.objects.filter(semester__year=year)  # type: ignore[attr-defined]
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            (WHOLE_SCHOOL, _("The whole school")),
            *((pk, row.name) for pk, row in self.classes.items()),
        ]

    @property
    def ordered(self) -> dict[str, Any]:
        """What `order_lock` takes."""
        data = dict(self.cleaned_data)
        return data | {"school_class": self.classes.get(data.pop("scope"))}


class UploadForm(forms.Form):
    """One workbook. `data` is its content; a refusal of the content is shown beside the field."""

    file = forms.FileField(
        label=_("Excel file"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx"}),
        help_text=_("An Excel workbook (.xlsx) without formulas and macros."),
    )

    def clean_file(self) -> Any:
        """Too large a file is not even read into memory."""
        file = self.cleaned_data["file"]
        size, limit = file.size or 0, settings.UPLOAD_MAX_BYTES
        if size > limit:
            refusal = UnsafeFile(Code.FILE_TOO_LARGE, size=size, limit=limit)
            raise ValidationError(file_sentence(refusal), code=refusal.code)
        return file

    @property
    def upload(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"file_name": file.name, "data": file.read()}

    def refuse(self, problem: Refused | Misplaced) -> None:
        self.add_error("file", ValidationError(file_sentence(problem), code=problem.code))


class PupilUploadForm(UploadForm):
    school_class = forms.ModelChoiceField(
        label=_("Only pupils of class"),
        queryset=SchoolClass.objects.none(),
        required=False,
        empty_label=_("Every class that the file names"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"].queryset = SchoolClass.objects.filter(year__status="open")  # type: ignore[attr-defined]
