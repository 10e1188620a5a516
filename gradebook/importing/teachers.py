"""Which member of staff a file means: by staff code, then user name, then full name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts import names
from accounts.models import HeldRole, User
from accounts.roles import Role
from gradebook.import_rows import Reason, RowRefused

TEACHING = {
    Role.PRINCIPAL,
    Role.VICE_PRINCIPAL,
    Role.DEPARTMENT_HEAD,
    Role.HOMEROOM_TEACHER,
    Role.SUBJECT_TEACHER,
}
"""Who may teach. The administrator and the clerk keep the records of others' work: they enter no marks."""


@dataclass(frozen=True, slots=True)
class Teachers:
    """Everybody with an account in use, and who of them teaches."""

    by_code: Mapping[str, User]
    by_username: Mapping[str, User]
    by_name: Mapping[str, Sequence[User]]
    teaching: frozenset[int]
    by: User

    @classmethod
    def of_school(cls, by: User) -> "Teachers":
        """`by` is who imports: nobody gives a class or a course to themselves."""
        people = list(User.objects.filter(is_active=True))
        held = HeldRole.objects.on(timezone.localdate()).filter(role__in=TEACHING)
        by_name: dict[str, list[User]] = defaultdict(list)
        for user in people:
            by_name[names.sort_key(user.full_name)].append(user)
        return cls(
            by_code={user.staff_code.casefold(): user for user in people if user.staff_code},
            by_username={user.username.casefold(): user for user in people},
            by_name=by_name,
            teaching=frozenset(held.values_list("user_id", flat=True)),
            by=by,
        )

    def find(self, written: str) -> User:
        """Raises RowRefused when nobody or several are meant, or who is meant may not teach."""
        teacher = self._named(written)
        if teacher == self.by:
            raise RowRefused(Reason.ONESELF, value=written)
        if teacher.pk not in self.teaching:
            raise RowRefused(Reason.NOT_A_TEACHER, value=written)
        return teacher

    def _named(self, written: str) -> User:
        key = written.strip().casefold()
        known = self.by_code.get(key) or self.by_username.get(key)
        if known is not None:
            return known
        alike = self.by_name.get(names.sort_key(written), ())
        if not alike:
            raise RowRefused(Reason.UNKNOWN_TEACHER, value=written)
        if len(alike) > 1:
            raise RowRefused(Reason.AMBIGUOUS_TEACHER, value=written, known=[user.username for user in alike])
        return alike[0]
