"""Sealing the history (design §3 rule 6): hash-chained seals over every row that the records gain.

`making` makes a seal, `checking` recomputes all of them. The bytes that are hashed are those of `canonical`, which a
program without the portal can make again from the same values.
"""

from accounts.models import Seal
from accounts.seals.making import make_seal, seal_now

Reason = Seal.Reason

__all__ = ["Reason", "make_seal", "seal_now"]
