"""Pages as they looked when somebody last looked at them: `make golden` draws them anew, to be looked at again."""

import os
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops

PICTURES = Path(__file__).parent / "pictures"
RENEW = os.environ.get("GOLDEN") == "renew"
DPI = 40
TOLERANCE = 0.004
"""Which part of a page may differ clearly: versions of poppler smooth letters otherwise. A column moved is more."""
CLEARLY = 96

PAGES = [
    *(("lower", part) for part in ("cover", "instructions", "profiles", "attendance", "course", "summary")),
    *(("lower", part) for part in ("corrections", "confirmation", "inspections")),
    *((paper, "summary") for paper in ("upper", "former", "summary")),
    *((paper, "primary_summary") for paper in ("primary-1", "primary-3", "primary-5", "summary-5")),
    *(("blank", "attendance"), ("check", "check_sheet"), ("teacher", "teacher_cover")),
    *(("terms", "term_sheets"), ("terms-5", "term_sheets")),
]
pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(("paper", "part"), PAGES)
def test_a_page_looks_as_it_was_last_approved(rendered, paper, part):
    count = 12 if paper.startswith("terms") else 45
    content = next(content for _, found, content in rendered(paper, count) if found == f"{part}.html")
    seen = drawn(content)
    stored = PICTURES / f"{paper}-{part}.png"
    if RENEW:
        seen.quantize(8).save(stored, optimize=True)
    with Image.open(stored) as picture:
        approved = picture.convert("L")

    assert seen.size == approved.size
    histogram = ImageChops.difference(seen, approved).histogram()
    assert sum(histogram[CLEARLY:]) / (seen.width * seen.height) < TOLERANCE


def test_a_column_that_moved_is_seen(rendered):
    """The tolerance is not so wide that nothing can fail."""
    content = next(content for _, found, content in rendered("lower", 45) if found == "course.html")
    seen = drawn(content)
    moved = ImageChops.offset(seen, 2, 0)

    histogram = ImageChops.difference(seen, moved).histogram()
    assert sum(histogram[CLEARLY:]) / (seen.width * seen.height) > TOLERANCE * 2


def drawn(content: bytes) -> Image.Image:
    command = ("pdftoppm", "-r", str(DPI), "-gray", "-png", "-f", "1", "-l", "1", "-singlefile", "-")
    png = subprocess.run(command, check=True, capture_output=True, input=content).stdout
    return Image.open(BytesIO(png)).convert("L")
