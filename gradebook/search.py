"""Find a pupil: by name, or exactly by one of the numbers that papers carry. Only whom one may see (S4-35)."""

from django.db.models import Q

from accounts import names
from accounts.models import User
from gradebook.models import Enrolment, Student
from gradebook.models.roster import EnrolmentQuerySet

LONGEST = 120


def find_pupils(typed: str, user: User) -> EnrolmentQuerySet:
    """Where each pupil found is now, or was last, in name order."""
    typed = names.clean(typed.replace("\x00", ""))[:LONGEST]
    met = Enrolment.objects.latest_of_each()
    if not names.search_key(typed):
        return met.none()
    called = Student.objects.called(typed)
    # Who does not read the profile does not learn whose a number is.
    known = Q(pk__in=met.profile_visible_to(user).filter(_numbered(typed)))
    found = met.visible_to(user).filter(Q(student__in=called) | known)
    return found.select_related("school_class__year").in_name_order()


def _numbered(typed: str) -> Q:
    code = "".join(typed.split())
    numbers = Q(student__school_code__iexact=code)
    if code.isascii() and code.isdigit():
        numbers |= Q(student__ministry_code=code) | Q(student__citizen_number=code)
        if len(code) <= 9:
            numbers |= Q(student__register_number=int(code))
    return numbers
