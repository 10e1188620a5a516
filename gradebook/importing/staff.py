"""What a list of staff would do: open accounts for those who have none, and put people in their departments."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts import names
from accounts.models import HeldRole, Membership, User
from accounts.roles import Role
from gradebook.import_rows import Reason, RefusedRow, RowRefused, Source, same_name
from gradebook.importing.plans import Change, Entry, Plan
from gradebook.spreadsheets.rows import Result
from gradebook.spreadsheets.staff_list import STAFF_HEADINGS, StaffRow
from gradebook.spreadsheets.text import plain

LIMITS = {"full_name": 120, "username": 60, "staff_code": 20, "department": 80}


@dataclass(frozen=True, slots=True)
class StaffFate:
    """`user` is who is meant already; `joins` when somebody is to become a member of the row's department."""

    row: StaffRow
    user: User | None
    roles: tuple[Role, ...]
    joins: bool


def plan_staff(result: Result[StaffRow], by: User) -> Plan:
    """Statements stay constant in the rows."""
    plan = Plan(Source.of(result, ()))
    plan.refused.extend(map(RefusedRow.of_problem, result.problems))
    known = _Known.of_school(by)
    for row in result.rows:
        try:
            entry = known.decide(row)
        except RowRefused as refusal:
            plan.refused.append(
                RefusedRow(row.row_number, row.full_name, refusal.code, details=refusal.details)
            )
        else:
            new = entry.fate.user is None
            (plan.added if new else plan.filled if entry.fills else plan.present).append(entry)
    return plan.sort()


@dataclass(frozen=True, slots=True)
class _Known:
    by_code: Mapping[str, User]
    by_username: Mapping[str, User]
    by_name: Mapping[str, Sequence[User]]
    held: Mapping[int, set[Role]]
    departments: Mapping[int, str]
    heads: dict[str, str]
    by: User
    seen: dict[str, int]

    @classmethod
    def of_school(cls, by: User) -> "_Known":
        people = list(User.objects.all())
        by_name: dict[str, list[User]] = defaultdict(list)
        for user in people:
            by_name[names.sort_key(user.full_name)].append(user)
        held: dict[int, set[Role]] = defaultdict(set)
        for user_id, role in HeldRole.objects.on(timezone.localdate()).values_list("user_id", "role"):
            held[user_id].add(Role(role))
        members = Membership.objects.not_over(timezone.localdate()).select_related("department", "user")
        return cls(
            by_code={user.staff_code.casefold(): user for user in people if user.staff_code},
            by_username={user.username.casefold(): user for user in people},
            by_name=by_name,
            held=held,
            departments={each.user_id: each.department.name for each in members},
            heads={department_key(each.department.name): str(each.user) for each in members if each.is_head},
            by=by,
            seen={},
        )

    def decide(self, row: StaffRow) -> Entry:
        """Raises RowRefused."""
        for key, limit in LIMITS.items():
            if len(getattr(row, key)) > limit:
                raise RowRefused(Reason.TOO_LONG, heading=STAFF_HEADINGS.official(key), limit=limit)
        roles = tuple(Role(role) for role in row.roles)
        user = self._user(row)
        if user is None and Role.PRINCIPAL in roles and Role.PRINCIPAL not in self.by.roles:
            raise RowRefused(Reason.ROLE_NOT_YOURS, value=str(Role.PRINCIPAL.label))
        facts = (row.staff_code or "–", row.username or "–", _labels(roles), row.department or "–")
        if user is None:
            self._check_once(row)
            self._check_head(row, roles)
            return Entry(
                row.row_number, row.full_name, facts, fate=StaffFate(row, None, roles, bool(row.department))
            )
        return self._of_known(row, user, roles, facts)

    def _check_once(self, row: StaffRow) -> None:
        """Without a code or user name, one name twice in the file is taken for one person."""
        if row.staff_code or row.username:
            return
        first = self.seen.setdefault(names.sort_key(row.full_name), row.row_number)
        if first != row.row_number:
            raise RowRefused(Reason.SAME_PUPIL, other_row=first)

    def _check_head(self, row: StaffRow, roles: tuple[Role, ...]) -> None:
        """A department has one head, and who is called head heads one."""
        if Role.DEPARTMENT_HEAD not in roles:
            return
        if not row.department:
            raise RowRefused(Reason.HEAD_OF_NOTHING)
        head = self.heads.setdefault(department_key(row.department), row.full_name)
        if head != row.full_name:
            raise RowRefused(Reason.HEADED, value=row.department, known=head)

    def _user(self, row: StaffRow) -> User | None:
        """Whom the row means, if they have an account."""
        user = self.by_code.get(row.staff_code.casefold()) or self.by_username.get(row.username.casefold())
        if user is not None:
            if not same_name(user.full_name, row.full_name):
                heading = STAFF_HEADINGS.official("full_name")
                raise RowRefused(Reason.DISAGREES, heading=heading, value=row.full_name, known=user.full_name)
            return user
        alike = self.by_name.get(names.sort_key(row.full_name), ())
        nameless = [user for user in alike if not row.staff_code or not user.staff_code]
        if not nameless:
            return None
        if len(nameless) == 1 and not row.staff_code and not row.username:
            return nameless[0]
        raise RowRefused(
            Reason.NAME_OF_SOMEBODY, value=row.full_name, known=[user.username for user in nameless]
        )

    def _of_known(self, row: StaffRow, user: User, roles: tuple[Role, ...], facts: tuple[str, ...]) -> Entry:
        fills, differences = [], []
        department, here = STAFF_HEADINGS.official("department"), self.departments.get(user.pk)
        if row.department and here is None and user.is_active:
            fills.append(Change(department, "", row.department))
        elif row.department and department_key(here or "") != department_key(row.department):
            differences.append(Change(department, here or "–", row.department))
        held = self.held.get(user.pk, set())
        if roles and not set(roles) <= held:
            known = _labels(tuple(role for role in Role if role in held))
            differences.append(Change(STAFF_HEADINGS.official("posts"), known, _labels(roles)))
        if row.email and row.email != user.email:
            differences.append(Change(STAFF_HEADINGS.official("email"), user.email or "–", row.email))
        fate = StaffFate(row, user, (), bool(fills))
        return Entry(row.row_number, row.full_name, facts, fills=fills, differences=differences, fate=fate)


def department_key(name: str) -> str:
    """Departments as compared: letter case, diacritics and dashes aside."""
    return plain(name)


def waiting_for_slips(plan: Plan) -> list[User]:
    """People of the list who have an account but were never given a password."""
    people = [entry.fate.user for entry in (*plan.filled, *plan.present)]
    return [user for user in people if user.is_active and not user.has_usable_password()]


def _labels(roles: tuple[Role, ...]) -> str:
    return ", ".join(str(role.label) for role in roles) or "–"
