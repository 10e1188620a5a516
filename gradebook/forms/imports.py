"""Uploaded workbooks."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gradebook.import_problems import file_sentence
from gradebook.import_rows import Misplaced
from gradebook.models import SchoolClass
from gradebook.spreadsheets.problems import Code, Refused, UnsafeFile


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
