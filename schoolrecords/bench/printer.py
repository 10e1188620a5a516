"""A process of its own that prints books: what it computed and the memory it took are then its own.

Reads payloads from its standard input, answers on its standard output, both as JSON.
"""

import json
import os
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import django

DAYS = re.compile(r'<td class="days".*?</td>', re.S)
DAY_LINES = re.compile(r"table { background: url[^}]*}")
ROW_HEIGHT = re.compile(r"\.rows tr { (height: [^;]*;)")
ROWS = re.compile(r'<tbody class="rows">.*?</tbody>', re.S)
LETTERS = re.compile(r'<span style="left: ([\d.]+)%">([^<]*)</span>')
HEAD, BODY = re.compile(r"^.*?<body>", re.S), re.compile(r"<body>(.*)</body>", re.S)


@dataclass(frozen=True, slots=True)
class Printed:
    """Pages, seconds on a processor, and the most memory in MB that the process ever held."""

    pages: int
    seconds: float
    memory: float


def printed(payloads: list[str], way: str) -> Printed:
    """In a fresh process. `way`: `sections` as the worker does it, or `plain`: WeasyPrint on the whole at once."""
    task = json.dumps({"payloads": payloads, "way": way})
    command = [sys.executable, "-m", "schoolrecords.bench.printer"]
    done = subprocess.run(command, input=task, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return Printed(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolrecords.settings")
    django.setup()
    from schoolrecords.celery import spare_the_collector

    task = json.load(sys.stdin)
    way = _sections if task["way"] == "sections" else _plain
    if way is _sections:
        spare_the_collector()
    _warm_up(task["payloads"][0])
    start = time.process_time()
    pages = way(task["payloads"])
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"pages": pages, "seconds": seconds, "memory": memory}))


def _book(text: str) -> Any:
    from archive import pdf
    from transcripts.payload import fingerprint

    hashed = fingerprint(text)
    return pdf.Book(text, hashed, hashed[:16], f"http://127.0.0.1/verify/{hashed[:16]}/")


def _warm_up(text: str) -> None:
    """Importing and the fonts are paid for once in a worker's life."""
    from archive import pdf

    book = _book(text)
    pdf.render_section(book, pdf.sections(book)[0])


def _sections(texts: list[str]) -> int:
    """As the worker: a file each, part by part, joined, marked on every page."""
    return sum(map(_file, texts))


def _file(text: str) -> int:
    from archive import pdf
    from gradebook import printing
    from schoolrecords.celery import clear_away

    book = _book(text)
    parts = [printing.Part(each.title, pdf.render_section(book, each)) for each in pdf.sections(book)]
    pages = pdf.join(book, parts).pages
    clear_away()
    return pages


def _plain(texts: list[str]) -> int:
    """The same pages as WeasyPrint's manual does it: the book as one document, and all transcripts as one.

    A cell for each day of the roll and a border for each dotted line, where the worker's pages draw both as one
    picture. Without marks and joining.
    """
    book, *transcripts = texts
    return _document([book]) + (_document(transcripts) if transcripts else 0)


def _document(texts: list[str]) -> int:
    from weasyprint import HTML

    from archive import pdf
    from gradebook import printing

    sections = [each for text in texts for each in pdf.sections(_book(text))]
    parts = [_as_written(printing.page(f"archive/print/{each.template}", each.context)) for each in sections]
    bodies = [found.group(1) for part in parts if (found := BODY.search(part))]
    head = HEAD.match(parts[0])
    whole = (head.group() if head else "") + '<div style="break-after: page"></div>'.join(bodies)
    document = HTML(string=whole).render()
    document.write_pdf(pdf_variant="pdf/a-3u")
    return len(document.pages)


def _as_written(page: str) -> str:
    if height := ROW_HEIGHT.search(page):
        # Parts differ in it, and one document has one style.
        page = ROWS.sub(lambda rows: rows.group().replace("<tr", f'<tr style="{height[1]}"'), page)
    bordered = page.replace("background: var(--dots)", "border-bottom: 0.5pt dotted")
    return DAYS.sub(_cells, DAY_LINES.sub("", bordered))


def _cells(days: re.Match[str]) -> str:
    """The 31 cells of a pupil's month."""
    letters = {round(float(left) * 31 / 100): text for left, text in LETTERS.findall(days.group())}
    return "".join(f"<td>{letters.get(day, '')}</td>" for day in range(31))


if __name__ == "__main__":
    main()
