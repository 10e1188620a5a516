"""“Checked against my book”: which columns, and which state of the sheet was compared."""

from django import forms


class ConfirmForm(forms.Form):
    """`columns` are ids with spaces between them: a button sends one column or a whole period."""

    columns = forms.RegexField(r"^\d{1,18}( \d{1,18}){0,60}$", widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_columns(self) -> list[int]:
        return [int(column) for column in self.cleaned_data["columns"].split()]
