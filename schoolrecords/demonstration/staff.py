"""The people who sign in: one account for every role to try, and enough teachers for every lesson."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.actions import create_account, give_role
from accounts.models import User
from accounts.roles import Role
from schoolrecords.demonstration import names
from schoolrecords.demonstration.dice import dice
from schoolrecords.demonstration.plan import ROLES_SINCE

PASSWORD = "ngan-thong-2026"  # noqa: S105 - meant to be known; the command refuses to run in production

LONG_AGO, NEVER = "gvmithuat", "gvtheductieuhoc"

PRIMARY, LOWER, UPPER = range(1, 6), range(6, 10), range(10, 13)
SECONDARY = range(6, 13)

CLASS_TEACHER = (
    "tieng-viet", "toan", "dao-duc", "tu-nhien-xa-hoi", "lich-su-dia-li", "khoa-hoc", "hoat-dong-trai-nghiem",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seat:
    """A post at the school: who sits there signs in as `username`."""

    username: str
    sex: str
    roles: tuple[Role, ...]
    teaches: tuple[str, ...] = ()
    """Codes of subjects and strands, in the grades of `grades`."""
    grades: range = SECONDARY
    leads: str = ""


def _leadership(username: str, sex: str, role: Role) -> Seat:
    return Seat(username, sex, (role,))


def _teacher(username: str, sex: str, *teaches: str, grades: range = SECONDARY) -> Seat:
    return Seat(username, sex, (Role.SUBJECT_TEACHER,), teaches, grades)


def _homeroom(leads: str, sex: str, *teaches: str, grades: range = SECONDARY) -> Seat:
    roles = (Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER)
    return Seat(f"gvcn{leads.lower()}", sex, roles, teaches, grades, leads)


_M, _F = names.MALE, names.FEMALE
SEATS = (
    _leadership("hieutruong", _F, Role.PRINCIPAL),
    _leadership("phohieutruong", _M, Role.VICE_PRINCIPAL),
    _leadership("quantri", _M, Role.ADMINISTRATOR),
    _leadership("vanthu", _F, Role.CLERK),
    # Mathematics and languages
    _teacher("gvtoan", _M, "toan"),
    Seat("totruong", _F, (Role.DEPARTMENT_HEAD, Role.SUBJECT_TEACHER), ("toan",)),
    _homeroom("12A", _M, "toan"),
    _homeroom("6A", _F, "ngu-van"),
    _homeroom("9A", _F, "ngu-van"),
    _teacher("gvvan", _F, "ngu-van"),
    _homeroom("6B", _F, "ngoai-ngu-1"),
    _homeroom("10A", _F, "ngoai-ngu-1"),
    _teacher("gvanh", _M, "ngoai-ngu-1", grades=PRIMARY),
    # Science
    _homeroom("8A", _M, "khoa-hoc-tu-nhien", "vat-li"),
    _homeroom("11A", _F, "khoa-hoc-tu-nhien", "hoa-hoc"),
    _teacher("gvli", _M, "khoa-hoc-tu-nhien", "vat-li"),
    _teacher("gvhoa", _F, "khoa-hoc-tu-nhien", "hoa-hoc"),
    _teacher("gvsinh", _F, "khoa-hoc-tu-nhien", "sinh-hoc"),
    _teacher("gvcongnghe", _M, "cong-nghe"),
    _teacher("gvtin", _M, "tin-hoc", "tin-hoc-cong-nghe", grades=range(3, 13)),
    # Society
    _homeroom("7A", _F, "lich-su"),
    _teacher("gvsu", _M, "lich-su"),
    _teacher("gvdia", _F, "dia-li", "giao-duc-dia-phuong"),
    _teacher("gvgdcd", _F, "giao-duc-cong-dan", "giao-duc-kinh-te-phap-luat", "giao-duc-dia-phuong"),
    # Sport and the arts
    _teacher("gvtheduc", _M, "giao-duc-the-chat"),
    _teacher("gvtheductieuhoc", _M, "giao-duc-the-chat", grades=PRIMARY),
    _teacher("gvquocphong", _M, "giao-duc-quoc-phong-an-ninh", "giao-duc-the-chat", grades=UPPER),
    _teacher("gvnhac", _F, "am-nhac", "nghe-thuat", grades=range(1, 13)),
    _teacher("gvmithuat", _M, "mi-thuat", "nghe-thuat", grades=range(1, 13)),
    # Primary classes
    _homeroom("1A", _F, *CLASS_TEACHER, grades=PRIMARY),
    _homeroom("2A", _F, *CLASS_TEACHER, grades=PRIMARY),
    _homeroom("3A", _F, *CLASS_TEACHER, grades=PRIMARY),
    _homeroom("4A", _F, *CLASS_TEACHER, grades=PRIMARY),
    _homeroom("5A", _M, *CLASS_TEACHER, grades=PRIMARY),
)


def hire(seed: int) -> dict[str, User]:
    """Open an account for every seat and give its roles; returns the people by user name.

    The shared password is hashed once, for the principal: hashing is made slow on purpose.
    """
    full_names = _full_names(seed)
    first, *others = SEATS
    principal = create_account(
        username=first.username, full_name=full_names[first.username], password=PASSWORD, by=None
    )
    people = {first.username: principal}
    for seat in others:
        people[seat.username] = create_account(
            username=seat.username, full_name=full_names[seat.username], password=None, by=principal
        )
    _let_in(people, principal.password)
    for seat in SEATS:
        for role in seat.roles:
            give_role(user=people[seat.username], role=role, since=ROLES_SINCE, by=principal)
    return people


def _let_in(people: dict[str, User], password: str) -> None:
    """Everybody has chosen this password and used it; two have not done so lately, for the watch list."""
    now = timezone.now()
    accounts = User.objects.filter(pk__in=[user.pk for user in people.values()])
    accounts.update(password=password, password_changed_at=now, last_login=now)
    accounts.filter(username=LONG_AGO).update(password_changed_at=now - timedelta(days=300))
    accounts.filter(username=NEVER).update(password_changed_at=None, last_login=None)


def _full_names(seed: int) -> dict[str, str]:
    """No two share a given name: it is what colleagues call each other by."""
    chance = dice(seed, "staff")
    full_names: dict[str, str] = {}
    for seat in SEATS:
        given = [name.split()[-1] for name in full_names.values()]
        family = names.family_name("Kinh", chance)
        full_names[seat.username] = names.adult(family, seat.sex, chance, but=given)
    return full_names
