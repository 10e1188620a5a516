"""What the page of an import shows: the sum of its rows, and one of its lists, a hundred rows at a time."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from gradebook.import_problems import groups, lines
from gradebook.import_rows import RefusedRow
from gradebook.importing.plans import Plan
from gradebook.models import Import

PER_PAGE = 100


def preview_of(upload: Import, plan: Plan, show: str, page: str) -> dict[str, Any]:
    lists: dict[str, tuple[str, Sequence[Any]]] = {
        "questions": (_("Possible duplicates"), plan.questions),
        "refused": (_("Refused"), plan.refused),
        "different": (_("Differences, not written"), plan.different),
        "added": (_("To add"), plan.added),
        "filled": (_("To fill in"), plan.filled),
        "present": (_("Already there"), plan.present),
    }
    filled = {key: each for key, each in lists.items() if each[1]}
    sizes = {"refused": plan.counts["refused"]}  # rows: one may be refused for several reasons
    shown = show if show in filled else next(iter(filled), "")
    return {
        "counts": plan.counts,
        "source": plan.source,
        "writes": plan.writes,
        "differing": len(plan.different),
        "tabs": [(key, title, sizes.get(key, len(rows))) for key, (title, rows) in filled.items()],
        "would_replace": any(refusal.code == "other_teacher" for refusal in plan.refused),
        **_shown(shown, filled[shown][1] if shown else (), page),
    }


def settled_preview(upload: Import, show: str, page: str) -> dict[str, Any]:
    """An import that is confirmed or discarded: what it did, and what it refused."""
    refused = [RefusedRow(**row) for row in upload.refused]
    found = refused_page(refused, page) if refused else {}
    return {"counts": upload.counts, "settled": True, **found}


def refused_page(refused: Sequence[RefusedRow], page: str) -> dict[str, Any]:
    """Ten thousand refused rows: their reasons added up, and a hundred of them."""
    return _shown("refused", refused, page)


def _shown(shown: str, rows: Sequence[Any], page: str) -> dict[str, Any]:
    found: dict[str, Any] = {"show": shown}
    if shown:
        found["page"] = Paginator(rows, PER_PAGE).get_page(page)
    if shown == "questions":
        found["questions"] = found["page"].object_list
    if shown == "refused":
        found["refused"], found["groups"] = lines(found["page"].object_list), groups(rows)
    return found
