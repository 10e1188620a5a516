"""What `make bench` measures, by name."""

from collections.abc import Callable
from typing import Any

from schoolrecords.bench import archiving, books, browser, grid, imports, results, saving
from schoolrecords.bench.school import BenchSchool

BENCHES: dict[str, Callable[[BenchSchool], dict[str, Any]]] = {
    "grid_open": grid.grid_open,
    "cell_save": saving.cell_save,
    "cell_save_rush": saving.cell_save_rush,
    "page_first_visit": browser.page_first_visit,
    "page_repeat_visit": browser.page_repeat_visit,
    "grid_save": grid.grid_save,  # leaves a history that no sheet would have
    "book_pages": books.book_pages,
    "book_memory": books.book_memory,
    "archive_speedup": archiving.archive_speedup,
    "results_year": results.results_year,
    "import_pupils": imports.import_pupils,
}
