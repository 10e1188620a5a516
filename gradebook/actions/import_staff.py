"""Writes a list of staff: accounts without a password, their roles and departments.

Passwords come afterwards, on slips a few at a time (`accounts:slips`): hashing one takes a quarter of a second on
purpose, and a whole school's would keep everybody else from saving meanwhile; and a slip is only made when somebody
is there to print it.
"""

from datetime import date

from accounts.actions import create_account, edit_account, give_role, units
from accounts.models import Department, User
from accounts.passwords import username_for
from accounts.roles import Role
from gradebook.importing.plans import Plan
from gradebook.importing.staff import StaffFate, department_key
from gradebook.models import Import


def write_staff(plan: Plan, upload: Import, by: User, today: date) -> None:
    taken = set(User.objects.values_list("username", flat=True))
    taken |= {entry.fate.row.username for entry in plan.added}
    departments = {department_key(each.name): each for each in Department.objects.all()}
    for entry in (*plan.added, *plan.filled):
        fate: StaffFate = entry.fate
        user = fate.user or _open_account(fate, taken, by, today)
        if fate.joins:
            _join(fate, user, departments, by, today)


def _open_account(fate: StaffFate, taken: set[str], by: User, today: date) -> User:
    row = fate.row
    username = row.username or username_for(row.full_name, taken)
    taken.add(username)
    user = create_account(username=username, full_name=row.full_name, password=None, by=by, email=row.email)
    if row.staff_code:
        edit_account(
            account=user, full_name=user.full_name, email=user.email, staff_code=row.staff_code, by=by
        )
    for role in fate.roles:
        if role != Role.DEPARTMENT_HEAD:  # comes with heading the department
            give_role(user=user, role=role, since=today, by=by)
    return user


def _join(fate: StaffFate, user: User, departments: dict[str, Department], by: User, today: date) -> None:
    """A department that nobody has named before is founded."""
    name = fate.row.department
    key = department_key(name)
    if key not in departments:
        departments[key] = units.found_department(name=name, by=by)
    membership = units.add_member(department=departments[key], user=user, since=today, by=by)
    if Role.DEPARTMENT_HEAD in fate.roles:
        units.appoint_head(membership=membership, since=today, by=by)
