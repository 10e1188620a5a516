"""The two facing tables of who the pupils are: themselves, and their families. Pure, as `layouts`."""

from collections.abc import Iterator, Sequence

from archive.layouts import SEX, Context, Facts, day, moved
from archive.paper_sizes import LANDSCAPE_ROWS, row_height

PRIORITIES = {
    "martyr": "Con liệt sĩ",
    "wounded": "Con thương binh, bệnh binh",
    "merit": "Con người có công",
    "orphan": "Mồ côi",
    "disabled": "Khuyết tật",
    "remote": "Vùng đặc biệt khó khăn",
    "other": "Diện chính sách khác",
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
}
"""What gives priority, by policy group and household; of "none" nothing is said."""
SPREAD_ROWS, SPREAD_ROW = 23, 6.0
"""How many lines of this height stand on a page: two lines of small print each."""


def has_families(book: Facts) -> bool:
    """Of the pupils of a book that holds them: occupation and telephone of each parent, and what gives priority."""
    return all("family" in pupil for pupil in book["pupils"])


def pupils(book: Facts) -> Context:
    """The one table of books that hold no families: names of the parents only."""
    rows = [_pupil(pupil) for pupil in book["pupils"]]
    return {"rows": rows, "row_height": row_height(len(rows), LANDSCAPE_ROWS)}


def spreads(book: Facts) -> Context:
    """Two facing tables, of the same pupils on both pages: a line goes on across the fold."""
    rows = [{**_pupil(pupil), **_family(pupil), "changes": _changes(pupil)} for pupil in book["pupils"]]
    return {"spreads": list(_spreads(rows)), "row_height": SPREAD_ROW}


def _spreads(rows: Sequence[Context]) -> Iterator[Sequence[Context]]:
    """Parts of nearly the same length, so that no page holds one line."""
    count = max(1, -(-len(rows) // SPREAD_ROWS))
    size = max(1, -(-len(rows) // count))
    for start in range(0, max(len(rows), 1), size):
        yield rows[start : start + size]


def _pupil(pupil: Facts) -> Context:
    return {
        **pupil,
        "birth_date": day(pupil["birth_date"]),
        "sex": SEX[pupil["sex"]],
        "priority": _priority(pupil),
        "note": moved(pupil),
    }


def _priority(pupil: Facts) -> str:
    found = (PRIORITIES.get(pupil.get(fact, "")) for fact in ("policy_group", "household"))
    return "; ".join(filter(None, found))


def _family(pupil: Facts) -> Context:
    """The guardian stands where there is no father, else beside the mother."""
    people = {each["relation"]: person(each) for each in pupil["family"]}
    guardian = people.pop("guardian", "")
    father, mother = people.get("father", ""), people.get("mother", "")
    if not guardian:
        return {"father": father, "mother": mother}
    if not father:
        return {"father": f"Người giám hộ: {guardian}", "mother": mother}
    return {"father": father, "mother": "; ".join(filter(None, [mother, f"Người giám hộ: {guardian}"]))}


def person(known: Facts) -> str:
    return ", ".join(filter(None, [known["name"], known["occupation"], known["phone"]]))


def _changes(pupil: Facts) -> str:
    disability = f"Khuyết tật: {pupil['disability']}." if pupil["disability"] else ""
    return " ".join(filter(None, [moved(pupil), disability]))
