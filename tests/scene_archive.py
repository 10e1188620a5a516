"""What lies in the archive of the access table: books and papers, two orders of papers, a pack, copies on media."""

from io import BytesIO

import pikepdf
from django.test import Client
from django.utils import timezone

from accounts import jobs
from archive import store
from archive.actions import request_paper
from archive.bags.media import record_medium
from archive.models import Bag, Destruction, Edition, PaperOrder, Rendering, RetentionRule
from archive.order_actions import order_papers
from archive.orders import carry_out
from archive.pack_actions import request_pack
from archive.paper.acts import Done, record_lines
from archive.wanted import Wanted
from corrections.models import CorrectionRequest
from gradebook.attachments import Accepted
from gradebook.models import School
from tests.cast import FIRST_DAY, Cast, signed_in


def archived(cast: Cast, correction: CorrectionRequest) -> dict[str, int]:
    return {
        **_issued(cast),
        "edition": _edition(cast).pk,
        "paper_order": _paper_order(cast, "check_sheet", "grade-6", "GK1").pk,
        "ready_order": _ready_order(cast).pk,
        "pack": request_pack(correction=correction, by=cast.hanh).pk,
        **_copies(cast),
    }


def _issued(cast: Cast) -> dict[str, int]:
    """An interim book and a summary of 6A that are issued; on the paper of the summary one line is recorded."""
    book, summary = (
        _as_rendered(request_paper(wanted=Wanted(kind, cast.classes["6A"], period=period), by=cast.cuc))
        for kind, period in ((Edition.Kind.CLASS_BOOK, ""), (Edition.Kind.CLASS_SUMMARY, "CK1"))
    )
    scan = Accepted("phieu.png", "image/png", b"scan", "")
    done = Done(timezone.localdate(), scan=scan)
    [fact] = record_lines(edition=summary, keys=["scan:"], done=done, by=cast.cuc)
    return {"issued_book": book.pk, "summary": summary.pk, "fact": fact.pk}


def _as_rendered(edition: Edition) -> Edition:
    Rendering.objects.filter(edition=edition).update(state=Rendering.State.DONE)
    edition.issue(store.editions.put(_one_page(edition.code), suffix="pdf"), pages=1, origin="scene")
    return edition


def _one_page(title: str) -> bytes:
    content = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = title
        document.save(content)
    return content.getvalue()


def _edition(cast: Cast) -> Edition:
    """Not rendered yet: what says the same would not be printed again."""
    school = School.objects.get()
    school.place = "Xã Tân Lập"
    school.save_by(cast.hanh)
    signed_in(Client(), cast.cuc).post(f"/archive/classes/{cast.classes['6A'].pk}/request-book/")
    found: Edition = Edition.objects.filter(kind=Edition.Kind.CLASS_BOOK).latest("number")
    return found


def _paper_order(cast: Cast, kind: str, scope: str, period: str) -> PaperOrder:
    choice = {"kind": kind, "scope": scope, "period": period, "signatures": False}
    return order_papers(year=cast.year, choice=choice, by=cast.cuc)


def _ready_order(cast: Cast) -> PaperOrder:
    """Blank books of one class, printed."""
    order = _paper_order(cast, "blank_book", f"class-{cast.classes['6A'].pk}", "")
    for frozen in carry_out(order.pk):
        _as_rendered(Edition.objects.get(pk=frozen))
    return order


def _copies(cast: Cast) -> dict[str, int]:
    """A bag that waits for the worker, and a stick with nothing on it yet."""
    bag = Bag.objects.create(school_class=cast.classes["6A"], number=1, **jobs.fresh(cast.cuc))
    stick = record_medium(year=cast.year, bags=[], kind="usb", label="", kept_at="Tủ số 2", by=cast.cuc)
    rule = RetentionRule(
        kind="check_sheet", years=1, legal_basis="Thông tư", effective_from=FIRST_DAY, set_by=cast.hanh
    )
    rule.save_by(cast.hanh)
    destroyed = Destruction(
        year=cast.year,
        kind="check_sheet",
        rule=rule,
        number="30/QĐ",
        dated=FIRST_DAY,
        minutes="Biên bản số 1",
        decided_by=cast.hanh,
        decided_at=timezone.now(),
    )
    destroyed.save_by(cast.hanh)
    return {"bag": bag.pk, "medium": stick.pk, "destruction": destroyed.pk}
