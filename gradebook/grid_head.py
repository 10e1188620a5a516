"""What stands over and under the columns of the mark grid as HTML: headings, and whether each was checked.

Joined f-strings, as the rows in `grid`: every page of a sheet shows a dozen of each.
"""

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from gradebook.column_checks import Said
from gradebook.sheet import PeriodGroup, Sheet, SheetColumn

MOMENT = "H:i d/m/Y"
NAMED = 6
"""Pupils without a value whose names stand open; more are one press away."""


def heads_html(sheet: Sheet) -> SafeString:
    """The row of headings, one a column."""
    cells = [_head(column, owner, period) for column, owner, period in sheet.heads]
    return mark_safe("".join(cells))  # noqa: S308  escaped below


def checks_html(sheet: Sheet) -> list[tuple[PeriodGroup, SafeString]]:
    """By period: of each column, whether its teacher confirmed it, with the button where that may be done now."""
    return [
        (group, mark_safe("".join([_check(sheet, column) for column in group.columns])))  # noqa: S308  escaped below
        for group in sheet.groups
    ]


def _head(column: SheetColumn, owner: str, period: str) -> str:
    strand = f"<br><small>{escape(column.strand)}</small>" if column.strand else ""
    whose = f' <small class="column-owner">{escape(owner)}</small>' if owner else ""
    return (
        f'<th scope="col" id="c{column.pk}">{escape(column.label)}{strand}'
        f'<span class="visually-hidden"> {escape(period)}</span>{whose}{_tick(column.check.standing)}</th>'
    )


def _tick(said: Said | None) -> str:
    if said is None:
        return ""
    words = {"who": said.who, "at": _moment(said)}
    title = _("Checked against the own book by %(who)s, %(at)s") % words
    day = date_format(localtime(said.at), "d/m")
    return f'<span class="column-check" aria-hidden="true" title="{escape(title)}">✓ {day}</span>'


def _check(sheet: Sheet, column: SheetColumn) -> str:
    strand = f" ({escape(column.strand)})" if column.strand else ""
    said = _standing(column) + (_missing(sheet.without(column)) if column.may_confirm else "")
    return f'<li data-column="{column.pk}"><span>{escape(column.label)}{strand}</span> {said}</li>'


def _missing(names: list[str]) -> str:
    """Who would be confirmed without a value: said before, and no reason not to confirm. The script keeps it true."""
    hidden = "" if names else " hidden"
    opened = " open" if len(names) <= NAMED else ""
    return (
        f'<details class="column-missing"{opened}{hidden}><summary>{escape(_("Without a value"))}: '
        f'<span data-part="count">{len(names)}</span></summary><p>{escape(", ".join(names))}</p></details>'
    )


def _standing(column: SheetColumn) -> str:
    check = column.check
    if check.standing:
        return _status("saved", _("confirmed")) + _said(check.standing)
    if not check.has_values:
        return _quiet(_("no value yet"))
    if check.fallen:
        fallen = _status("conflict", _("changed since it was confirmed")) + _said(check.fallen)
        return fallen + (_button(column, _("Confirm again")) if column.may_confirm else "")
    return _button(column, _("Confirm")) if column.may_confirm else _quiet(_("not confirmed"))


def _button(column: SheetColumn, text: str) -> str:
    return (
        f'<button type="submit" class="button button-small" name="columns" value="{column.pk}">{escape(text)}'
        f'<span class="visually-hidden">, {escape(column.label)}</span></button>'
    )


def _status(kind: str, text: str) -> str:
    return f'<span class="status status-{kind}">{escape(text)}</span> '


def _said(said: Said) -> str:
    return _quiet(f"{said.who}, {_moment(said)}")


def _quiet(text: str) -> str:
    return f'<span class="quiet small">{escape(text)}</span>'


def _moment(said: Said) -> str:
    return date_format(localtime(said.at), MOMENT)
