"""The accounts to try the portal with, as a table for the terminal."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from schoolrecords.demonstration.staff import PASSWORD

TRY = {
    "hieutruong": gettext_lazy("order books opened and locked; read every class"),
    "phohieutruong": gettext_lazy("follow the progress of every class"),
    "quantri": gettext_lazy("execute the lock order that waits"),
    "vanthu": gettext_lazy("import pupils; ask for the printed books"),
    "totruong": gettext_lazy("head of department who also teaches"),
    "gvcn6a": gettext_lazy("read all books of 6A; enter the marks of literature"),
    "gvcn5a": gettext_lazy("primary class; at the year's end propose its results"),
    "gvcn12a": gettext_lazy("at the year's end propose the results of 12A"),
    "gvtoan": gettext_lazy("enter mathematics of 6A: the final is open, the midterm locked"),
}


def table() -> str:
    users = {user.username: user for user in User.objects.filter(username__in=TRY)}
    heading = (_("role"), _("name"), _("user name"), _("password"), _("what to try"))
    return _aligned([heading, *(_line(users[username], str(hint)) for username, hint in TRY.items())])


def _line(user: User, hint: str) -> tuple[str, ...]:
    return ", ".join(user.role_names), user.full_name, user.username, PASSWORD, hint


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)
    return "\n".join(padded)
