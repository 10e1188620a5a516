"""What goes from school to school as a transcript file: a ZIP of the booklet, its data and the hashes of both."""

FORMAT, VERSION = "transcript", 1
"""Of the data: what the archive freezes of a booklet, see `archive.payload.FORMATS`."""
DATA_NAME = "hoc-ba.json"
MANIFEST_NAME = "manifest-sha256.txt"
CODE_LENGTH = 16
"""Of the fingerprint of the data, so many digits are printed on every page, and open the public checking page."""
