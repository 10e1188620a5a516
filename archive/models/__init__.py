"""Editions, the work of rendering them, orders of many papers at once, and evidence packs."""

from archive.models.editions import (
    FILE_NAMES,
    Edition,
    EditionNeverChanges,
    EditionQuerySet,
    Rendering,
    RenderingQuerySet,
)
from archive.models.orders import PaperOrder, PaperOrderQuerySet
from archive.models.packs import EvidencePack
from archive.models.paper_facts import PaperFact, PaperFactQuerySet
from archive.models.signatures import Signature

__all__ = [
    "FILE_NAMES",
    "Edition",
    "EditionNeverChanges",
    "EditionQuerySet",
    "EvidencePack",
    "PaperFact",
    "PaperFactQuerySet",
    "PaperOrder",
    "PaperOrderQuerySet",
    "Rendering",
    "RenderingQuerySet",
    "Signature",
]
