"""Editions, the work of rendering them, orders of many papers at once, evidence packs, bags and their copies."""

from archive.models.bags import Bag, BagQuerySet, Medium, MediumEvent
from archive.models.editions import (
    FILE_NAMES,
    Edition,
    EditionNeverChanges,
    EditionQuerySet,
)
from archive.models.orders import OrderedPaper, PaperOrder, PaperOrderQuerySet
from archive.models.packs import EvidencePack
from archive.models.paper_facts import PaperFact, PaperFactQuerySet
from archive.models.renderings import Rendering, RenderingQuerySet
from archive.models.retention import Certificate, Destruction, Document, RetentionRule
from archive.models.signatures import Signature
from archive.models.snapshots import Snapshot, SnapshotSource

__all__ = [
    "FILE_NAMES",
    "Bag",
    "BagQuerySet",
    "Certificate",
    "Destruction",
    "Document",
    "Edition",
    "EditionNeverChanges",
    "EditionQuerySet",
    "EvidencePack",
    "Medium",
    "MediumEvent",
    "OrderedPaper",
    "PaperFact",
    "PaperFactQuerySet",
    "PaperOrder",
    "PaperOrderQuerySet",
    "Rendering",
    "RenderingQuerySet",
    "RetentionRule",
    "Signature",
    "Snapshot",
    "SnapshotSource",
]
