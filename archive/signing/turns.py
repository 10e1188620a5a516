"""Who signs an edition, in which order, and who may do it now: the teacher, the principal, the seal (S1-84)."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from accounts.models import User
from accounts.roles import Permission
from archive.models import Edition, Signature, Snapshot
from gradebook.models import SchoolClass, SchoolYear
from gradebook.models.pupils import name_order

Role = Signature.Role
Kind = Edition.Kind
ORDER: dict[str, tuple[Role, ...]] = {
    Kind.CLASS_BOOK: (Role.HOMEROOM_TEACHER, Role.PRINCIPAL, Role.SCHOOL),
    Kind.TRANSCRIPT: (Role.PRINCIPAL, Role.SCHOOL),
}
"""By kind of paper; what is not here is not signed in the portal."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A signature that an edition has or lacks."""

    role: Role
    signature: Signature | None


def signatures_of(edition: Edition) -> list[Signature]:
    return list(edition.signatures.select_related("signer").order_by("number"))


def turns(edition: Edition, signatures: list[Signature]) -> list[Turn]:
    given = {each.role: each for each in signatures}
    return [Turn(role, given.get(role)) for role in ORDER.get(edition.kind, ())]


def is_signed_here(edition: Edition) -> bool:
    """An interim edition is for comparing, and one that was superseded is history: neither is signed any more."""
    return bool(edition.kind in ORDER and edition.is_issued and not edition.is_interim and not edition.newer)


def next_role(edition: Edition, signatures: list[Signature]) -> Role | None:
    """Whose turn it is; None when all have signed, or this edition is not signed at all."""
    if not is_signed_here(edition):
        return None
    return next((turn.role for turn in turns(edition, signatures) if turn.signature is None), None)


def may_sign(user: User, edition: Edition, role: Role | None) -> bool:
    """As the class's homeroom teacher of today, or by office."""
    if role == Role.HOMEROOM_TEACHER:
        leads = edition.school_class is not None and edition.school_class.homeroom_teacher_id == user.pk
        return leads and user.pk is not None
    return role is not None and signs_as(user, role)


def signs_as(user: User, role: Role) -> bool:
    """As principal, also by delegation; with the seal as the clerk."""
    if role == Role.PRINCIPAL:
        return user.may(Permission.SIGN_BOOK)
    return role == Role.SCHOOL and user.may(Permission.KEEP_SEAL)


def waiting_for(user: User, year: SchoolYear) -> list[Edition]:
    """Issued final books of a year whose next signature is this person's; none where the school trusts no authority."""
    if not settings.TRUST_DIR:
        return []
    books = _final_books(_concerned(user, year)).exclude(_overtaken())
    return [book for book in books.prefetch_related("signatures") if may_sign(user, book, missing(book))]


def to_print_again(user: User, year: SchoolYear) -> list[Edition]:
    """Final books that say something else than the records by now, signed or not: for who prints them."""
    if not user.may(Permission.REQUEST_BOOK):
        return []
    return list(_final_books(year.classes.all()).filter(_overtaken()))


def is_overtaken(edition: Edition) -> bool:
    """Whether this is such a book. One query, where `is_outdated` makes the whole comparison."""
    is_book = edition.kind == Kind.CLASS_BOOK and edition.is_issued and not edition.is_interim
    return is_book and Edition.objects.filter(_overtaken(), pk=edition.pk).exists()


def _final_books(classes: "QuerySet[SchoolClass]") -> "QuerySet[Edition]":
    """In the order of the classes."""
    books: QuerySet[Edition] = Edition.objects.issued().latest_of_each().without_payload()
    return (
        books.filter(kind=Kind.CLASS_BOOK, is_interim=False, school_class__in=classes)
        .select_related("school_class__year")
        .order_by("school_class__grade", "school_class__name")
    )


def _overtaken() -> Exists:
    """The last state kept since a book was printed says something else. The whole comparison is made at signing."""
    since = Snapshot.objects.filter(
        school_class=OuterRef("school_class"), acted_at__gt=OuterRef("requested_at"), next=None
    )
    return Exists(since.exclude(book__in=["", OuterRef("content")]))


def _concerned(user: User, year: SchoolYear) -> "QuerySet[SchoolClass]":
    classes: QuerySet[SchoolClass] = SchoolClass.objects.filter(year=year)
    if user.may(Permission.SIGN_BOOK) or user.may(Permission.KEEP_SEAL):
        return classes
    return classes.filter(homeroom_teacher=user)


def transcripts_of(school_class: SchoolClass) -> list[Edition]:
    """The last printed transcript of each pupil who had it printed in this class, with its signatures."""
    found: QuerySet[Edition] = (
        _last_transcripts()
        .filter(school_class=school_class)
        .select_related("student", "school_class__year")
        .prefetch_related(Prefetch("signatures", Signature.objects.select_related("signer")))
    )
    return list(found.order_by(name_order("student__sort_key"), "student"))


def transcripts_waiting_for(user: User, year: SchoolYear) -> Counter[tuple[int, str]]:
    """How many transcripts of each class (key and name) wait for this person's signature. As `waiting_for`."""
    given = [place for place, role in enumerate(ORDER[Kind.TRANSCRIPT]) if signs_as(user, role)]
    if not (settings.TRUST_DIR and given):
        return Counter()
    signed = _last_transcripts().filter(school_class__year=year).annotate(given=Count("signatures"))
    waiting = signed.filter(given__in=given).order_by("school_class__grade", "school_class__name")
    return Counter(waiting.values_list("school_class", "school_class__name"))


def _last_transcripts() -> "QuerySet[Edition]":
    found: QuerySet[Edition] = (
        Edition.objects.issued().latest_of_each().without_payload().filter(kind=Kind.TRANSCRIPT)
    )
    return found


def missing(book: Edition) -> Role | None:
    """As `next_role`, of a book that `waiting_for` has found."""
    given = {each.role for each in book.signatures.all()}
    return next((role for role in ORDER[book.kind] if role not in given), None)
