"""Uploaded workbooks, and what people say of them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gradebook.import_problems import file_sentence
from gradebook.import_rows import Misplaced
from gradebook.importing.plans import Question
from gradebook.models import SchoolClass
from gradebook.spreadsheets.headings import Headings, Key
from gradebook.spreadsheets.problems import Code, Refused, UnsafeFile
from gradebook.spreadsheets.reading import Chosen
from gradebook.spreadsheets.survey import Survey

ANOTHER = "another"


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


class ColumnsForm(forms.Form):
    """For each column of a file, which field of the list it holds; every required field once."""

    def __init__(self, *args: Any, survey: Survey, headings: Headings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey, self.headings = survey, headings
        keys = [key for key in headings.aliases if isinstance(key, str)]
        choices = [("", _("do not read")), *((key, headings.official(key)) for key in keys)]
        taken: set[Key] = set()
        for column in survey.columns:
            key = column.key if column.key not in taken else None
            taken |= {key} if key else set()
            label = f"{column.letter}. {column.heading or '–'}"
            self.fields[column.letter] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=key
            )

    @property
    def rows(self) -> Iterable[tuple[Any, Any]]:
        """Each column with its field."""
        return [(column, self[column.letter]) for column in self.survey.columns]

    @property
    def required(self) -> list[str]:
        return [self.headings.official(key) for key in self.headings.required]

    @property
    def chosen(self) -> Chosen:
        keys = {letter: key for letter, key in self.cleaned_data.items() if key}
        return Chosen(self.survey.sheet, self.survey.header_row, keys)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [key for key in data.values() if key]
        if missing := [self.headings.official(key) for key in self.headings.required if key not in given]:
            raise ValidationError(
                gettext("Say which columns hold: %(columns)s.") % {"columns": ", ".join(missing)}
            )
        if twice := sorted({self.headings.official(key) for key in given if given.count(key) > 1}):
            raise ValidationError(
                gettext("Chosen for more than one column: %(columns)s.") % {"columns": ", ".join(twice)}
            )
        return data


class AnswerForm(forms.Form):
    """Whether a row means a child who is there already, and why somebody is sure."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    meaning = forms.ChoiceField(label=_("This row is about"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("For instance: seen on the birth certificate.")
    )

    def __init__(self, data: Any = None, *, question: Question) -> None:
        super().__init__(data, initial={"row": question.row}, auto_id=f"row-{question.row}-%s")
        same = [(str(each.pk), _same_as(each)) for each in question.candidates]
        self.fields["meaning"].choices = [*same, (ANOTHER, _("another child of this name"))]  # type: ignore[attr-defined]

    @property
    def student(self) -> int | None:
        meaning = self.cleaned_data["meaning"]
        return None if meaning == ANOTHER else int(meaning)


def _same_as(candidate: Any) -> str:
    details = [
        candidate.code or gettext("no identifier"),
        candidate.place or gettext("in no class this year"),
        candidate.address,
    ]
    return gettext("the same child: %(details)s") % {"details": ", ".join(filter(None, details))}
