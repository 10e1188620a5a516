"""Kiểm tra bộ hồ sơ minh chứng này mà không cần phần mềm của trường. / Check this evidence pack without the portal.

    python3 verify.py                    # mọi thứ có khớp nhau không / does everything agree
    python3 verify.py --anchor HASH      # mã đã ghi trên giấy có trong chuỗi không / is this hash in the chain

Needs Python 3.9 or newer and nothing else. Exit status 1 when something is wrong.
"""

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Optional

HERE = Path(__file__).resolve().parent
MANIFEST = "manifest-sha256.txt"
Digests = dict[str, dict[int, str]]
History = dict[tuple[str, int], list[dict[str, Any]]]
faults: list[str] = []


def fault(vietnamese: str, english: str) -> None:
    faults.append(f"{vietnamese} / {english}")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def lines(name: str) -> Iterator[bytes]:
    path = HERE / name
    if path.exists():
        with path.open("rb") as file:
            for line in file:
                yield line.rstrip(b"\n")


def check_manifest() -> None:
    listed = {name: value for value, name in (line.decode().split("  ", 1) for line in lines(MANIFEST))}
    there = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*") if path.is_file()}
    for name in sorted(there - set(listed) - {MANIFEST}):
        fault(f"Tệp không có trong bản kê: {name}", f"a file that is not in the manifest: {name}")
    for name, expected in sorted(listed.items()):
        if name not in there:
            fault(f"Thiếu tệp: {name}", f"a file is missing: {name}")
        elif digest((HERE / name).read_bytes()) != expected:
            fault(f"Tệp đã bị thay đổi: {name}", f"a file was changed: {name}")


def read_chain(newest: dict[str, Any]) -> tuple[dict[int, Any], set[str]]:
    """Each seal is the hash of what it says, and names the hash of the seal before it."""
    seals: dict[int, Any] = {}
    hashes: set[str] = set()
    previous: Optional[tuple[int, str]] = None
    for line in lines("seals.jsonl"):
        said, hashed = json.loads(line), digest(line)
        number = said["number"]
        if previous and (said["previous"] != previous[1] or number != previous[0] + 1):
            fault(
                f"Niêm phong {number} không nối tiếp niêm phong trước",
                f"seal {number} does not follow from the one before",
            )
        previous = (number, hashed)
        seals[number] = said
        hashes.add(hashed)
    if previous and previous != (newest["number"], newest["sha256"]):
        fault(
            "Niêm phong mới nhất không đúng như đã ghi", "the newest seal is not the one that pack.json names"
        )
    return seals, hashes


def check_digests(seals: dict[int, Any]) -> Digests:
    """The digests of all rows that a seal covers give the hash that it names."""
    known: Digests = defaultdict(dict)
    for path in sorted((HERE / "digests").glob("*.txt")):
        number, table = path.stem.split("-", 1)
        pairs = [line.decode().split(" ") for line in lines(f"digests/{path.name}")]
        entry = seals.get(int(number), {}).get("tables", {}).get(table, {})
        hashed = digest("".join(f"{value}\n" for _, value in pairs).encode())
        covered = [row for first, last in entry.get("spans", []) for row in range(first, last + 1)]
        if hashed != entry.get("sha256") or [int(row) for row, _ in pairs] != covered:
            fault(
                f"Các dòng của {table} không đúng như niêm phong {number} đã ghi",
                f"the rows of {table} are not those that seal {number} covers",
            )
        known[table].update({int(row): value for row, value in pairs})
    return known


def check_rows(known: Digests, expected: dict[str, int]) -> History:
    history: History = defaultdict(list)
    counted: dict[str, int] = defaultdict(int)
    versions: dict[tuple[str, int], list[int]] = defaultdict(list)
    for line in lines("history.jsonl"):
        said = json.loads(line)
        table, row = said["table"], said["row"]
        counted[table] += 1
        history[table, row["id"]].append(row)
        check_row(table, row, digest(line), known[table])
        if "version" in row and "history_id" in row:
            versions[table, row["id"]].append(row["version"])
    if dict(counted) != expected:
        fault(
            "Số dòng lịch sử không đúng như đã ghi",
            "the number of history rows is not the one that pack.json names",
        )
    for (table, record), found in versions.items():
        if any(later - earlier > 1 for earlier, later in zip(found, found[1:])):
            fault(
                f"{table} {record}: thiếu một lần ghi", f"{table} {record}: a version in between is missing"
            )
    return history


def check_row(table: str, row: dict[str, Any], found: str, known: dict[int, str]) -> None:
    key = row.get("history_id", row.get("id"))
    if key not in known:
        fault(f"{table} {key}: không có niêm phong nào", f"{table} {key}: no seal covers this row")
    elif known[key] != found:
        fault(
            f"{table} {key}: nội dung đã bị thay đổi",
            f"{table} {key}: the row was changed after it was sealed",
        )


def check_dossiers(history: History) -> None:
    """What a dossier says of each record is what stood in the history at one time or another."""
    for path in sorted((HERE / "dossiers").glob("*.json")):
        for label, rows in json.loads(path.read_text(encoding="utf-8"))["rows"].items():
            app, model = label.lower().split(".")
            for values in (row["values"] for row in rows):
                sealed = history.get((f"{app}_historical{model}", values["id"]), [])
                if not any(values.items() <= row.items() for row in sealed):
                    fault(
                        f"{path.name}: {label} {values['id']} không đúng như lịch sử đã niêm phong",
                        f"{path.name}: {label} {values['id']} is not what the sealed history says",
                    )


def check_files(history: History) -> None:
    """The name of a file is the hash of what is in it, and a sealed row names that hash."""
    sealed = {value for rows in history.values() for row in rows for value in row.values() if _is_hash(value)}
    for path in sorted((HERE / "files").glob("*")):
        if digest(path.read_bytes()) != path.stem or path.stem not in sealed:
            fault(
                f"Tệp không phải là tệp mà lịch sử đã niêm phong nêu: files/{path.name}",
                f"not a file that the sealed history names: files/{path.name}",
            )


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 64


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--anchor", default="", help="hash of a seal as written down, or its first 32 digits"
    )
    anchor = "".join(options.parse_args().anchor.split()).lower()
    check_manifest()
    about = json.loads((HERE / "pack.json").read_text(encoding="utf-8"))
    newest = about["newest_seal"]
    seals, hashes = read_chain(newest)
    history = check_rows(check_digests(seals), about["rows"])
    check_dossiers(history)
    check_files(history)
    for name in about["missing_files"]:
        fault(f"Tệp đã mất khi lập bộ hồ sơ: {name}", f"this file was gone when the pack was made: {name}")
    if anchor and (len(anchor) < 32 or not any(known.startswith(anchor) for known in hashes)):
        fault(
            "Mã đã ghi trên giấy không có trong chuỗi", "the hash that was written down is not in the chain"
        )
    for text in faults:
        print(text, file=sys.stderr)
    rows = sum(map(len, history.values()))
    print(f"Đã kiểm tra / checked: {rows} dòng lịch sử / history rows, {len(seals)} niêm phong / seals")
    print(f"Niêm phong / seal {newest['number']} ({newest['made_at']}): {newest['sha256']}")
    if faults:
        print(f"CÓ SAI LỆCH / FAULTS: {len(faults)}")
        return 1
    print("KHÔNG THẤY SAI LỆCH / NO FAULT FOUND")
    return 0


if __name__ == "__main__":
    sys.exit(main())
