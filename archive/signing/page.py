"""The signatures of an edition as its page shows them: each row beside what the file itself says."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import store
from archive.models import Edition, Signature
from archive.signing.turns import Turn, turns

if TYPE_CHECKING:
    from archive.signing.checking import Checked


@dataclass(frozen=True, slots=True)
class Line:
    """`state`: valid, untrusted, broken or missing; empty where nobody has signed yet."""

    turn: Turn
    checked: "Checked | None" = None
    state: str = ""


def lines(edition: Edition, signatures: list[Signature]) -> list[Line]:
    """Every signature that the edition has or lacks, checked now in the newest file."""
    found = _checked(signatures)
    return [_line(turn, found) for turn in turns(edition, signatures)]


def _checked(signatures: list[Signature]) -> "dict[int, Checked]":
    if not signatures:
        return {}
    # Imported here: it takes over a second, and most editions are not signed.
    from archive.signing.checking import check

    try:
        content = store.signed.read(signatures[-1].path)
        found = check(content, [each.signed_at for each in signatures])
    except (OSError, ValueError):
        return {}
    return dict(enumerate(found, start=1))


def _line(turn: Turn, found: "dict[int, Checked]") -> Line:
    signature = turn.signature
    if signature is None:
        return Line(turn)
    checked = found.get(signature.number)
    return Line(turn, checked, _state(signature, checked))


def _state(signature: Signature, checked: "Checked | None") -> str:
    if checked is None:
        return "missing"
    if not checked.is_good or checked.certificate.sha256 != signature.certificate_sha256:
        return "broken"
    return "valid" if checked.is_trusted else "untrusted"
