"""What `make bench` measures. Every figure is a ratio to a floor taken in turn in the same run."""

from collections.abc import Callable
from typing import Any

from schoolrecords.bench import grid, imports, results
from schoolrecords.bench.school import BenchSchool, scratch_database

BENCHES: dict[str, Callable[[BenchSchool], dict[str, Any]]] = {
    "grid_open": grid.grid_open,
    "grid_save": grid.grid_save,
    "results_year": results.results_year,
    "import_pupils": imports.import_pupils,
}

__all__ = ["BENCHES", "BenchSchool", "scratch_database"]
