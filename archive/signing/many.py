"""Sign the transcripts of a class one after the other, with a key that is handed in once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied

from archive.models import Edition, Signature
from archive.signing.acts import NotSigned

OF_ONE = {"file-changed", "outdated", "signed-meanwhile", "not-your-turn", "not-pdfa"}
"""What speaks against one paper; anything else speaks against the key, and so against all."""


@dataclass(slots=True)
class Outcome:
    """`left`: papers that were passed over, with the code of NotSigned."""

    signed: int = 0
    left: list[tuple[Edition, str]] = field(default_factory=list)


def sign_each(editions: Iterable[Edition], sign: Callable[[Edition], Signature]) -> Outcome:
    """What was signed stays signed, whatever becomes of those after it.

    Raises KeyUnusable, and NotSigned where the key itself does not do. Who may not sign at all is kept away before.
    """
    outcome = Outcome()
    for edition in editions:
        try:
            sign(edition)
            outcome.signed += 1
        except NotSigned as refused:
            if refused.code not in OF_ONE:
                raise
            outcome.left.append((edition, refused.code))
        except PermissionDenied:
            # It waited for this signature when they were listed, and has it now from another tab or person.
            outcome.left.append((edition, "signed-meanwhile"))
    return outcome
