"""The duties of the five regulations, read from duties.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("duties.toml")


@dataclass(frozen=True, kw_only=True)
class Duty:
    identifier: str
    clause: str
    kind: str  # "class" in the table: core, ext or external
    text: str
    note: str = ""

    @property
    def seed(self) -> str:
        return self.identifier.partition("-")[0]

    @property
    def is_core(self) -> bool:
        return self.kind == "core"


@cache
def regulations() -> dict[str, str]:
    """The title of each regulation, by seed."""
    return dict(_table()["regulations"])


@cache
def duties() -> dict[str, Duty]:
    """Every duty by its identifier, in the order of the table."""
    return {
        identifier: Duty(identifier=identifier, kind=row.pop("class"), **row)
        for identifier, row in _table()["duties"].items()
    }


def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))
