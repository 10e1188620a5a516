"""Sign an issued edition. The file is made first, without holding up anybody's writes, and kept by one short write."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer

from accounts import audit, seals
from accounts.files import StoredFile
from accounts.models import User
from accounts.names import search_key
from accounts.writing import recorded_write
from archive import store
from archive.models import Edition, Signature
from archive.paper_payloads import is_outdated
from archive.signing import pades, stamps, turns
from archive.signing.certificates import Certificate, trusted
from archive.signing.checking import check
from archive.signing.keys import Key, certificate_in_force, seal_key
from gradebook import pdfa
from gradebook.models import School

Role = Signature.Role
REASONS = {
    Role.HOMEROOM_TEACHER: "Giáo viên chủ nhiệm xác nhận kết quả của lớp",
    Role.PRINCIPAL: "Hiệu trưởng ký duyệt",
    Role.SCHOOL: "Đóng dấu của nhà trường",
}


class NotSigned(ValueError):
    """Nothing was kept.

    Codes: not-your-turn, signed-meanwhile, file-changed, outdated, anothers-certificate, unsuited-key, untrusted,
    no-seal, not-pdfa.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class _Act:
    """What is signed: the newest file of the edition, whose turn it is, and when."""

    edition: Edition
    role: Role
    signatures: list[Signature]
    content: bytes
    by: User
    at: datetime

    @property
    def previous(self) -> Signature | None:
        return self.signatures[-1] if self.signatures else None


def sign_edition(*, edition: Edition, key: Key, by: User) -> Signature:
    """With a person's own key. Raises PermissionDenied, NotSigned, keys.KeyUnusable; then nothing was kept."""
    act = _act(edition, by)
    if act.role == Role.SCHOOL:
        raise NotSigned("not-your-turn")
    with key.opened() as signer:
        certificate = certificate_in_force(signer, act.at)
        if f" {search_key(by.full_name)} " not in f" {search_key(certificate.name)} ":
            raise NotSigned("anothers-certificate", certificate.name)
        return _keep_signed(act, signer, certificate, by.full_name)


def seal_edition(*, edition: Edition, by: User) -> Signature:
    """With the school's key. Raises as sign_edition, and NotSigned no-seal."""
    act = _act(edition, by)
    key = seal_key()
    if act.role != Role.SCHOOL:
        raise NotSigned("not-your-turn")
    if key is None:
        raise NotSigned("no-seal")
    with key.opened() as signer:
        certificate = certificate_in_force(signer, act.at)
        return _keep_signed(act, signer, certificate, School.objects.get().name)


def _act(edition: Edition, by: User) -> _Act:
    signatures = turns.signatures_of(edition)
    role = turns.next_role(edition, signatures)
    if role is None:
        raise NotSigned("not-your-turn")
    if not turns.may_sign(by, edition, role):
        raise PermissionDenied
    if is_outdated(edition):
        raise NotSigned("outdated")
    return _Act(edition, role, signatures, _newest(edition, signatures), by, timezone.now())


def _newest(edition: Edition, signatures: list[Signature]) -> bytes:
    """Never sign what is not what was issued."""
    newest = signatures[-1] if signatures else edition
    try:
        return (store.signed if signatures else store.editions).genuine(newest.path, newest.sha256)
    except OSError:
        raise NotSigned("file-changed") from None


def _keep_signed(act: _Act, signer: Signer, certificate: Certificate, name: str) -> Signature:
    title = stamps.title_of(act.role, act.edition, act.by)
    stamp = stamps.stamp_for(act.content, role=act.role, title=title, name=name, at=act.at)
    wish = pades.Wish(
        field=f"Signature{act.previous.number + 1 if act.previous else 1}",
        name=name,
        reason=REASONS[act.role],
        location=School.objects.get().place,
    )
    try:
        signed = pades.sign(act.content, signer=signer, wish=wish, stamp=stamp)
    except SigningError:
        raise NotSigned("unsuited-key") from None
    if faults := pdfa.faults(signed):
        raise NotSigned("not-pdfa", ", ".join(faults))
    # Where the school has chosen no authority, its page says so of every signature.
    moments = [*(each.signed_at for each in act.signatures), act.at]
    if trusted() and not check(signed, moments)[-1].is_trusted:
        raise NotSigned("untrusted")
    return _keep(act, certificate, store.signed.put(signed, suffix="pdf"))


@recorded_write
def _keep(act: _Act, certificate: Certificate, file: StoredFile) -> Signature:
    # The edition's row serialises: of two who sign at once the second finds that it is not their turn any more.
    edition = Edition.objects.select_for_update().get(pk=act.edition.pk)
    last = edition.signatures.order_by("-number").first()
    if (last and last.pk) != (act.previous and act.previous.pk) or not turns.is_signed_here(edition):
        raise NotSigned("signed-meanwhile")
    # Asked before anything was signed too; a correction may have come while the key was at work.
    if is_outdated(edition):
        raise NotSigned("outdated")
    signature = Signature(
        edition=edition,
        number=last.number + 1 if last else 1,
        role=act.role,
        signer=act.by,
        signed_at=act.at,
        certificate_name=certificate.name,
        certificate_subject=certificate.subject,
        certificate_sha256=certificate.sha256,
        sha256=file.sha256,
        size=file.size,
        path=file.path,
        previous=last,
    )
    signature.save_by(act.by, origin="signing")
    audit.record(
        by=act.by, verb="archive.edition.signed", target=edition, signed_as=act.role.value, sha256=file.sha256
    )
    seals.make_seal(reason=seals.Reason.EDITION, reference=edition.reference, by=act.by)
    return signature
