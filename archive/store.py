"""Where the files of editions are kept: write-once, outside the web root."""

from hashlib import sha256

from accounts.files import WriteOnceStore

editions = WriteOnceStore("editions")
packs = WriteOnceStore("evidence-packs")
bags = WriteOnceStore("bags")
snapshots = WriteOnceStore("snapshots")
signed = WriteOnceStore("signed-editions")
"""An edition with one more signature each time; what was signed before stays beside it."""

sheets = WriteOnceStore("signed-sheets")
"""Scans of signature sheets on paper."""


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()
