"""Editions, the work of rendering them, and orders of many papers at once."""

from archive.models.editions import (
    FILE_NAMES,
    Edition,
    EditionNeverChanges,
    EditionQuerySet,
    Rendering,
    RenderingQuerySet,
)
from archive.models.orders import PaperOrder, PaperOrderQuerySet

__all__ = [
    "FILE_NAMES",
    "Edition",
    "EditionNeverChanges",
    "EditionQuerySet",
    "PaperOrder",
    "PaperOrderQuerySet",
    "Rendering",
    "RenderingQuerySet",
]
