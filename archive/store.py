"""Where the files of editions are kept: write-once, outside the web root."""

from accounts.files import WriteOnceStore

editions = WriteOnceStore("editions")
packs = WriteOnceStore("evidence-packs")
bags = WriteOnceStore("bags")
snapshots = WriteOnceStore("snapshots")
