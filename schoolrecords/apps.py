from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class SchoolRecordsConfig(AppConfig):
    name = "schoolrecords"

    def ready(self) -> None:
        # Django's Vietnamese says "trường này": in a school, that is the school.
        Field.default_error_messages["required"] = _("Please fill this in.")
