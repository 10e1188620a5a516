"""Whether a printed edition still says what counts, and where its paper lies: told wherever somebody looks at it."""

from typing import Any

from archive.models import Edition, PaperFact
from archive.signing.turns import is_overtaken


def standing(edition: Edition) -> dict[str, Any]:
    """For `archive/_standing.html`. `stored`: the line that says in which box the paper lies."""
    newer = edition.newer
    overtaken = newer is None and is_overtaken(edition)
    outlived = newer is not None or overtaken
    stored = edition.paper_facts.standing().filter(kind=PaperFact.Kind.STORED) if outlived else None
    return {
        "newer": newer,
        "is_overtaken": overtaken,
        "stored": stored.first() if stored is not None else None,
    }
