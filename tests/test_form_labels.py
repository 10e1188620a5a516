"""Every field that somebody fills in is called something in the school's language, also where an error names it."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from django import forms
from django.contrib.auth.forms import UsernameField
from django.utils.functional import Promise

APPS = ("accounts", "gradebook", "transcripts", "corrections", "archive")


def test_every_field_has_a_label_that_is_translated():
    _import_all()
    plain = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _forms(forms.BaseForm)
        if form.__module__.split(".")[0] in APPS
        for name, field in getattr(form, "base_fields", {}).items()
        if not (
            field.widget.is_hidden or isinstance(field, UsernameField)
        )  # its label comes from the account
        if not isinstance(field.label, Promise)
    ]
    assert plain == []


def _import_all() -> None:
    for app in APPS:
        package = import_module(app)
        for module in walk_packages(package.__path__, f"{app}."):
            if ".migrations" not in module.name:
                import_module(module.name)


def _forms(parent: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for form in parent.__subclasses__():
        yield form
        yield from _forms(form)
