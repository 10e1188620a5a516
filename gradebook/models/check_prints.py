"""When a sheet was printed to be compared by hand."""

from django.db import models

from accounts.models import User
from accounts.recorded import Recorded
from gradebook.models.school import Period
from gradebook.models.teaching import Course


class CheckPrint(Recorded):
    """A check sheet of a course and a period came out of the printer: from its day corrections count (S1 Đ11.3)."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="check_prints")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    printed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    class Meta:
        ordering = ["printed_at", "pk"]
        indexes = [models.Index(fields=["course", "period"], name="gradebook_checkprint_of")]

    def __str__(self) -> str:
        return f"{self.course} {self.period}"
