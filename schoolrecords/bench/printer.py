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
    done = subprocess.run(command, input=task, capture_output=True, text=True, check=True)  # noqa: S603
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
    pages = sum(way(text) for text in task["payloads"])
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


def _sections(text: str) -> int:
    """As the worker: part by part, joined, marked on every page."""
    from archive import pdf
    from gradebook import printing
    from schoolrecords.celery import clear_away

    book = _book(text)
    parts = [printing.Part(each.title, pdf.render_section(book, each)) for each in pdf.sections(book)]
    pages = pdf.join(book, parts).pages
    clear_away()
    return pages


def _plain(text: str) -> int:
    """The same pages as one document, as WeasyPrint's manual does it, without marks and joining."""
    from weasyprint import HTML

    from archive import pdf
    from gradebook import printing

    parts = [
        printing.page(f"archive/print/{each.template}", each.context) for each in pdf.sections(_book(text))
    ]
    bodies = [found.group(1) for part in parts if (found := BODY.search(part))]
    head = HEAD.match(parts[0])
    whole = (head.group() if head else "") + '<div style="break-after: page"></div>'.join(bodies)
    document = HTML(string=whole).render()
    document.write_pdf(pdf_variant="pdf/a-3u")
    return len(document.pages)


if __name__ == "__main__":
    main()
