from django.apps import AppConfig


class SchoolRecordsConfig(AppConfig):
    name = "schoolrecords"
