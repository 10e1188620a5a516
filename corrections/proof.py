"""Which requests need evidence before anybody looks at them (rules §5.1; S1 Đ11.2; S3 V (2).4).

A new mark of a re-marking or of a make-up test exists on paper only: that paper is the request. Of an oral mark there
is no paper but the sheet that the pupil and a classmate signed (S1-73). A wrong entry is seen by comparing the book
with the test paper, which who decides may ask for; and a wrong telephone number has no paper at all. A school that
asks for the paper with every mark says so in its policy (`dossiers.asks_evidence`).
"""

from collections.abc import Collection, Iterable

from corrections.dossiers import NotAccepted
from corrections.issued import PRINTED_FIELDS
from corrections.models import CorrectionRequest
from gradebook.models import Column

_KIND = CorrectionRequest.Kind
ON_PAPER = frozenset({_KIND.REMARKING, _KIND.MAKE_UP})
ABOUT_EVIDENCE = frozenset({"no-evidence", "evidence-ruled", "no-signed-sheet"})
KINDS_OF_CELLS = (_KIND.ENTRY_ERROR, _KIND.REMARKING, _KIND.MAKE_UP, _KIND.OTHER)
KINDS_OF_FACTS = (_KIND.ENTRY_ERROR, _KIND.NEW_FACT, _KIND.OTHER)


def can_be_oral(columns: Iterable[Column]) -> bool:
    """Only regular marks are given orally (TT 22/2021, article 6)."""
    return any(column.kind == Column.Kind.REGULAR for column in columns)


def check_proof(kind: str, *, is_oral: bool, has_files: bool, fields: Collection[str] = ()) -> None:
    """Raises NotAccepted: no-evidence, no-signed-sheet. `fields`: of a profile."""
    if has_files:
        return
    if is_oral:
        raise NotAccepted("no-signed-sheet")
    if kind in ON_PAPER or (kind == _KIND.NEW_FACT and PRINTED_FIELDS & set(fields)):
        raise NotAccepted("no-evidence")
