"""Who gets what at every address, as `access.txt` says it."""

from dataclasses import dataclass
from pathlib import Path

PEOPLE = ["hanh", "vinh", "khoa", "cuc", "dung", "mai", "toan", "lan", "nga"]
TABLE = Path(__file__).with_name("access.txt")
PUBLIC = {"health", "language", "sign_in", "sign_in_code", "who", "enter_code", "public", "check_file"}


@dataclass(frozen=True)
class Row:
    address: str
    method: str
    path: str
    statuses: dict[str, int]


def rows() -> list[Row]:
    _, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        address, method, path, *statuses = line.split()
        found.append(Row(address, method, path, dict(zip(PEOPLE, map(int, statuses), strict=True))))
    return found
