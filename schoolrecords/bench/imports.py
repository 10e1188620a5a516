"""A whole school's pupil list: reading, deciding and writing it, over reading the file and raw inserts."""

import gc
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from statistics import median
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from gradebook.actions.import_lists import confirm_list
from gradebook.actions.teaching import open_class
from gradebook.models import Enrolment, Guardian, Import, Student
from gradebook.spreadsheets.pupil_list import PupilRow, read_pupil_list
from gradebook.spreadsheets.values import Sex
from gradebook.spreadsheets.writing import write_pupil_list
from schoolrecords.bench.school import FIRST_DAY, BenchSchool
from schoolrecords.bench.timing import queries_of

PUPILS, CLASSES, ROUNDS, TARGET = 2000, 45, 5, 4
WRITTEN = (Student, Guardian, Enrolment)
IN_MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
Table = tuple[str, Sequence[tuple[Any, ...]]]


def import_pupils(school: BenchSchool) -> dict[str, Any]:
    """A confirmed list of 2,000 pupils with parents and history, taken back after each round."""
    by = User.objects.get(username="administrator")
    for number in range(CLASSES):
        open_class(year=school.course.school_class.year, name=f"7.{number}", grade=7, by=school.principal)
    with override_settings(STORAGES={**settings.STORAGES, "default": IN_MEMORY}, IMPORT_WORKER_ROWS=PUPILS):
        return _measured(_Bench.of(by))


@dataclass(frozen=True, slots=True)
class _Bench:
    data: bytes
    upload: Import
    by: User

    @classmethod
    def of(cls, by: User) -> "_Bench":
        data = write_pupil_list(map(_pupil, range(PUPILS)), ["Danh sách học sinh"])
        upload = Import(
            kind=Import.Kind.PUPILS,
            file_name="bench.xlsx",
            sha256=sha256(data).hexdigest(),
            size=len(data),
            rows=PUPILS,
            uploaded_by=by,
            uploaded_at=timezone.now(),
        )
        default_storage.save(upload.stored_name, ContentFile(data))
        upload.save_by(by)
        return cls(data, upload, by)

    def run(self) -> list[Table]:
        """Import, keep what was written where, take it back."""
        with transaction.atomic():
            confirm_list(upload=self.upload, by=self.by, today=FIRST_DAY)
            written = [
                _rows(model, self.upload) for model in (*WRITTEN, *(each.history.model for each in WRITTEN))
            ]
            transaction.set_rollback(True)
        return written

    def thing(self) -> None:
        with transaction.atomic():
            confirm_list(upload=self.upload, by=self.by, today=FIRST_DAY)
            transaction.set_rollback(True)

    def floor(self, tables: Sequence[Table]) -> None:
        read_pupil_list(self.data)
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, rows in tables:
                cursor.executemany(statement, rows)
            transaction.set_rollback(True)


def _measured(bench: _Bench) -> dict[str, Any]:
    tables = bench.run()
    pairs = [(_seconds(bench.thing), _seconds(lambda: bench.floor(tables))) for _ in range(ROUNDS)]
    ratio = median(thing / floor for thing, floor in pairs)
    return {
        "name": "import_pupils",
        "value": round(ratio, 2),
        "unit": "times reading the file and inserting the same rows and history",
        "target": TARGET,
        "met": ratio <= TARGET,
        "detail": {
            "database": connection.vendor,
            "pupils": PUPILS,
            "seconds": round(median(thing for thing, _ in pairs), 2),
            "floor_seconds": round(median(floor for _, floor in pairs), 2),
            "queries_per_thousand": queries_of(bench.thing) * 1000 // PUPILS,
            "peak_mb": _peak_mb(bench.thing),
        },
    }


def _pupil(number: int) -> PupilRow:
    letters = "abcdeghiklmn"
    return PupilRow(
        row_number=0,
        full_name=f"Nguyễn Hoàng Thị {letters[number % 12].upper()}{letters[number // 12 % 12]}",
        birth_date=FIRST_DAY.replace(year=2014, day=1 + number % 28),
        sex=Sex.FEMALE,
        class_name=f"7.{number % CLASSES}",
        ministry_code=f"{7 * 10**9 + number}",
        registered_hamlet="Tổ 5, phường Cửa Nam",
        father_name="Nguyễn Văn Hải",
        father_birth_year=1985,
        mother_name="Trần Thị Mai",
    )


def _rows(model: Any, upload: Import) -> Table:
    """An insert of what the import has written into a table, with the values as the driver takes them."""
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    written: models.QuerySet[Any] = model._default_manager.all()
    if hasattr(model, "history_origin"):
        written = written.filter(history_origin=upload.origin)
    else:
        keys = model.history.filter(history_origin=upload.origin).values("id")
        written = written.filter(pk__in=keys)
    rows = [
        tuple(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields)
        for row in written
    ]
    return (
        f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({places})",
        rows,
    )


def _seconds(thing: Callable[[], None]) -> float:
    gc.collect()
    start = perf_counter()
    thing()
    return perf_counter() - start


def _peak_mb(thing: Callable[[], None]) -> float:
    tracemalloc.start()
    try:
        thing()
        return round(tracemalloc.get_traced_memory()[1] / 2**20, 1)
    finally:
        tracemalloc.stop()
