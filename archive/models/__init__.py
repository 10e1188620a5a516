"""Editions, the work of rendering them, orders of many papers at once, and evidence packs."""

from archive.models.editions import (
    FILE_NAMES,
    Edition,
    EditionNeverChanges,
    EditionQuerySet,
)
from archive.models.orders import PaperOrder, PaperOrderQuerySet
from archive.models.packs import EvidencePack
from archive.models.renderings import Rendering, RenderingQuerySet

__all__ = [
    "FILE_NAMES",
    "Edition",
    "EditionNeverChanges",
    "EditionQuerySet",
    "EvidencePack",
    "PaperOrder",
    "PaperOrderQuerySet",
    "Rendering",
    "RenderingQuerySet",
]
