"""One more signature on a document: an incremental update, so that everything before it stays byte for byte."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from tempfile import NamedTemporaryFile

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, SimpleBoxLayoutRule
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.stamp import StaticStampStyle

from gradebook.printing import POINTS_PER_MM, Slot

_FILLED = SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is seen of a signature: a page of PDF, drawn where the document has room for it. Millimetres."""

    content: bytes
    slot: Slot
    width: float
    height: float

    @property
    def box(self) -> tuple[int, int, int, int]:
        left, top = round(self.slot.left), round(self.slot.top)
        return left, top - round(self.height * POINTS_PER_MM), left + round(self.width * POINTS_PER_MM), top


@dataclass(frozen=True, slots=True)
class Wish:
    """The field's name is unique in the document; reason and place are shown by PDF readers."""

    field: str
    name: str
    reason: str
    location: str


def sign(content: bytes, *, signer: Signer, wish: Wish, stamp: Stamp | None) -> bytes:
    """The document with the signature; an invisible one where there is no stamp."""
    with _style(stamp) as style:
        spec = SigFieldSpec(
            wish.field, on_page=stamp.slot.page if stamp else 0, box=stamp.box if stamp else None
        )
        metadata = PdfSignatureMetadata(
            field_name=wish.field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=wish.name,
            reason=wish.reason,
            location=wish.location,
        )
        writer = IncrementalPdfFileWriter(BytesIO(content))
        pdf_signer = PdfSigner(metadata, signer=signer, stamp_style=style, new_field_spec=spec)
        signed: BytesIO = pdf_signer.sign_pdf(writer)
        return signed.getvalue()


@contextmanager
def _style(stamp: Stamp | None) -> Iterator[StaticStampStyle | None]:
    """pyHanko's own text stamp draws Vietnamese letter-spaced and cut off; a page made by WeasyPrint is right."""
    if stamp is None:
        yield None
        return
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(stamp.content)
        file.flush()
        yield StaticStampStyle.from_pdf_file(
            file.name, border_width=0, background_opacity=1, background_layout=_FILLED
        )
