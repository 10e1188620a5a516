"""Answers that are Excel workbooks."""

from django.http import HttpResponse

from gradebook.downloads import private_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(data: bytes, name: str) -> HttpResponse:
    return private_file(data, name=name, content_type=XLSX)
