"""The parts of the grid's script that touch no page, asked directly: no portal, only a browser and the modules."""

import json
from collections.abc import Sequence

import pytest

from gradebook.assessment.scales import CommentResult, ConductLevel, PrimaryResult, SubjectLevel, TraitLevel
from gradebook.entries import COMMENT_MAX, Refused, Rules, parse
from gradebook.grid_facts import rule_facts
from gradebook.models import Column

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.one_database]

PUPILS = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Đức Ân", "Lê Đức An", "Đỗ Hà My"]


def code_of(text: str, rules: Rules) -> str:
    try:
        parse(text, rules)
    except Refused as refusal:
        return refusal.code
    return ""


TYPED = [
    *(
        "",
        " ",
        "8",
        "8,5",
        "8.5",
        "8,50",
        "10",
        "10,0",
        "0",
        "0,0",
        "-1",
        "-0",
        "11",
        "10,1",
        "85",
        "8,55",
        "8,,5",
    ),
    *(
        "8,",
        ",5",
        "tám",
        "v",
        "V",
        "0v",
        "vv",
        "1e1",
        "8 5",
        "\u00a08,5\u00a0",
        "٣",
        "T",
        "t",
        "H",
        "C",
        "Đ",
        "đ",
    ),
    *(
        "D",
        "CĐ",
        "cd",
        "chua dat",
        "Chưa đạt",
        "Chưa  đạt".replace("ạ", "a\u0323"),
        "hoàn thành tốt",
        "HTXS",
        "K",
    ),
    *("TB", "400", "401", "3.0", "x" * COMMENT_MAX, "x" * (COMMENT_MAX + 1), "Em cố gắng. 🙂"),
]
RULES = [
    Rules(Column.Kind.REGULAR, absence=True),
    Rules(Column.Kind.REGULAR, whole=True, absence=True),
    Rules(Column.Kind.SCORE, whole=True, zero=False),
    Rules(Column.Kind.MIDTERM, scale=CommentResult, absence=True),
    *(
        Rules(Column.Kind.LEVEL, scale=scale)
        for scale in (SubjectLevel, TraitLevel, ConductLevel, PrimaryResult)
    ),
    Rules(Column.Kind.EXCUSED),
    Rules(Column.Kind.COMMENT),
]


def test_the_page_refuses_what_the_server_refuses_and_for_the_same_reason(ask):
    given = [[text, rule_facts(rules)] for rules in RULES for text in TYPED]

    codes = ask("grid-check", "given.map(([text, rule]) => m.fault(text, rule))", given)

    differing = [(pair, code) for pair, code in zip(given, codes, strict=True) if code != _expected(pair)]
    assert not differing, json.dumps(differing, ensure_ascii=False)[:2000]


def _expected(pair: Sequence[object]) -> str:
    text, facts = pair
    [rules] = [each for each in RULES if rule_facts(each) == facts]
    return code_of(str(text), rules)


@pytest.mark.parametrize(
    ("html", "plain", "rows"),
    [
        ("", "8\t9\r\n7\t\r\n", [["8", "9"], ["7", ""]]),
        ("", "8,5", [["8,5"]]),
        ("", '"hai\ndòng"\t8\n"nói ""ờ"""\t9', [["hai\ndòng", "8"], ['nói "ờ"', "9"]]),
        ("", '5" tivi\t8', [['5" tivi', "8"]]),
        ("", "\n\n", []),
        ("<table><tr><td>8</td><td>&nbsp;</td></tr><tr><td>7<br>giờ</td><td> 9 </td></tr></table>", "",
         [["8", ""], ["7\ngiờ", "9"]]),
        ("<table><tr><td rowspan=2>1</td><td colspan=2>TX</td></tr><tr><td>8</td><td>9</td></tr></table>", "",
         [["1", "TX", ""], ["", "8", "9"]]),
        ("<p>8</p>", "8\t9", [["8", "9"]]),
    ],
)  # fmt: skip
def test_the_clipboard_is_read_as_excel_wrote_it(ask, html, plain, rows):
    assert ask("grid-clipboard", "m.blockOf(...given)", [html, plain]) == rows


def test_what_is_copied_is_read_back(ask):
    rows = [["8,5", 'nói "ờ"'], ["hai\ndòng", "\t"]]

    assert ask("grid-clipboard", "m.linesOf(m.tabbed(given))", rows) == [
        ["8,5", 'nói "ờ"'],
        ["hai\ndòng", ""],
    ]


def columns(ask, rows):
    expression = "(({ names, others }) => [names, [...others]])(m.readColumns(...given))"
    return ask("grid-match", expression, [rows, PUPILS])


@pytest.mark.parametrize(
    ("rows", "names", "others"),
    [
        ([["1", PUPILS[0], "8"], ["2", PUPILS[1], "9"], ["3", "?", "9"]], [1], [[0, "number"]]),
        ([["Nguyễn Văn", "An", "8"], ["Trần Thị", "Bình", "9"]], [0, 1], []),
        (
            [["x1", "nguyen van an", "05/09/2014", "8"], ["x2", "?", "", "9"]],
            [1],
            [[0, "before"], [2, "date"]],
        ),
        ([["1", "8"], ["2", "9"], ["3", "9"]], [], [[0, "number"]]),
        ([["7", "8"], ["8", "9"]], [], []),
        ([["7"], ["8"], ["9"]], [], []),
        ([["Phạm Thị Lạ", "8"], ["Vũ Văn Khác", "9"]], [0], []),
    ],
)
def test_columns_that_hold_no_marks_are_recognised(ask, rows, names, others):
    assert columns(ask, rows) == [names, others]


def matched(ask, names, **more):
    rows = [[name, "8"] for name in names]
    return ask(
        "grid-match", "m.matchRows(given.rows, [0], given.pupils)", {"rows": rows, "pupils": PUPILS, **more}
    )


def test_pupils_are_found_however_their_names_are_typed(ask):
    typed = ["NGUYỄN VĂN AN", "Trâ\u0300n Thi\u0323 Bi\u0300nh", "do  ha my", "Lê Đức Ân"]

    assert matched(ask, typed) == [0, 1, 4, 2]


def test_a_name_that_fits_two_pupils_or_none_is_given_to_nobody(ask):
    assert matched(ask, ["le duc an", "Phạm Lạ", "Trần Thị Bình", "trần thị bình"]) == [
        *("ambiguous", "unknown", "twice", "twice")
    ]


def plan(ask, block, *, texts=(), column=0, targets=(), pupils=(), taken=()):
    score, level = rule_facts(RULES[0]), rule_facts(RULES[4])
    given = {
        "block": block,
        "pupils": PUPILS,
        "columns": [
            {"label": "TX 1", "rule": score, "refusal": ""},
            {"label": "TX 2", "rule": score, "refusal": "locked"},
            {"label": "Mức", "rule": level, "refusal": ""},
        ],
        "texts": dict(texts),
        "start": {"pupil": 0, "column": column},
        "targets": list(targets),
        "chosen": list(pupils),
        "taken": list(taken),
    }
    sheet = (
        "{ ...given, at: (pupil, column) => ({ text: given.texts[`${pupil}-${column}`] ?? '', "
        "refusal: given.columns[column].refusal }) }"
    )
    choices = (
        "{ targets: new Map(given.targets), pupils: new Map(given.chosen), taken: new Set(given.taken) }"
    )
    expression = (
        f"((plan) => [plan, m.changesOf(plan)])(m.planOf(given.block, {sheet}, given.start, {choices}))"
    )
    return ask("grid-plan", expression, given)


def test_every_cell_of_a_block_is_counted_once(ask):
    block = [["8", "9", "T", "x"], ["85", "", "Z", ""], ["7", "", "", ""]]

    planned, changes = plan(ask, block, texts=[("0-0", "6"), ("2-0", "7,0")])

    counts = planned["counts"]
    assert counts == {
        "all": 12,
        "new": 1,
        "replaces": 1,
        "same": 1,
        "empty": 5,
        "left-out": 0,
        "doubtful": 0,
        "refused": 4,
    }
    assert changes == [{"pupil": 0, "column": 0, "text": "8"}, {"pupil": 0, "column": 2, "text": "T"}]
    codes = [cell["code"] for row in planned["rows"] for cell in row["cells"] if cell["state"] == "refused"]
    assert codes == ["locked", "beyond", "out-of-range", "not-a-level-SubjectLevel"]


def test_headings_are_left_out_and_say_where_the_columns_go(ask):
    block = [
        ["STT", "Họ và tên", "Mức", "TX 1"],
        ["1", "Đỗ Hà My", "H", "9"],
        ["2", "Trần Thị Bình", "T", "8"],
    ]

    planned, changes = plan(ask, block)

    assert planned["headings"] == 1
    assert {(change["pupil"], change["column"], change["text"]) for change in changes} == {
        *((4, 2, "H"), (4, 0, "9"), (1, 2, "T"), (1, 0, "8"))
    }


def test_a_wrong_value_at_the_top_is_no_heading_that_would_move_all_the_others(ask):
    planned, changes = plan(ask, [["tám"], ["8"], ["9"]])

    assert planned["headings"] == 0
    assert [(change["pupil"], change["text"]) for change in changes] == [(1, "8"), (2, "9")]


def test_more_rows_than_pupils_are_refused_one_by_one(ask):
    planned, changes = plan(ask, [["8"]] * 7)

    assert (len(changes), planned["counts"]["refused"]) == (5, 2)


def test_a_name_spelt_otherwise_is_counted_apart_and_left_out_until_it_is_ticked(ask):
    block = [["Nguyễn Văn An", "9"], ["Trần Thị Bính", "8"], ["DO HA MY", "7"]]

    planned, changes = plan(ask, block)
    taken, more = plan(ask, block, taken=[1])

    assert [row["isOther"] for row in planned["rows"]] == [False, True, True]
    assert (planned["counts"]["new"], planned["counts"]["doubtful"]) == (1, 2)
    assert [change["pupil"] for change in changes] == [0]
    assert (taken["counts"]["new"], taken["counts"]["doubtful"]) == (2, 1)
    assert [change["pupil"] for change in more] == [0, 1]


def test_a_person_chooses_the_column_and_the_pupil(ask):
    block = [["Đỗ Hà My", "9"], ["Bình", "8"], ["Nguyễn Văn An", "7"]]

    planned, changes = plan(ask, block, targets=[(1, 0)], pupils=[(1, 1)], column=1)

    assert [change["pupil"] for change in changes] == [4, 1, 0]
    assert planned["missing"] == [2, 3]


@pytest.mark.parametrize(
    ("number", "others", "far"),
    [
        (2, [8, 9], True),
        (8, [8.5, 9, 7], False),
        (2, [8], False),
        (None, [8, 9], False),
        (10, [1, 9, 9.5], False),
    ],
)
def test_only_a_mark_far_from_the_middle_of_the_others_is_pointed_at(ask, number, others, far):
    assert ask("grid-hints", "m.isFar(...given)", [number, others]) is far
