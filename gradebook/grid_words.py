"""What the grid's script says. `%(name)s` is filled in by the script."""

from django.utils.translation import gettext_lazy as _

GRID_WORDS = {
    # where one is, and what was done
    "place": _("%(pupil)s · %(column)s, %(period)s · %(filled)s of %(all)s filled"),
    "far": _("far from the other marks: %(others)s"),
    "far-said": _(
        "%(value)s is far from the other marks of %(pupil)s: %(others)s. Look again if it is meant."
    ),
    "filled-foot": _("Filled"),
    "all-columns": _("All columns"),
    "selected": _("%(rows)s rows × %(columns)s columns selected"),
    "request": _("Request a correction of the selected cells (%(count)s)"),
    "too-many": _("At most %(most)s cells in one request"),
    "copied": _("%(count)s cells copied."),
    "undone": _("Undone: %(count)s cells in %(columns)s."),
    "redone": _("Done again: %(count)s cells in %(columns)s."),
    "nothing": _("There is nothing to undo or to do again."),
    # filling
    "nowhere": _("Go to a cell first."),
    "nothing-above": _("There is no row above to take the value from."),
    "filled": _("%(count)s cells filled. Ctrl+Z undoes it."),
    "filled-over": _("%(count)s cells filled, %(replaced)s of them replaced. Ctrl+Z undoes it."),
    "fill-title": _("Fill the empty cells of %(column)s, %(period)s"),
    "fill-help": _("%(count)s cells are empty. Cells with a value stay as they are."),
    # pasting
    "pasted": _("%(count)s cells pasted. Ctrl+Z undoes it."),
    "apply": _("Apply %(count)s cells"),
    "count-all": _("of %(all)s pasted cells; %(empty)s are empty and change nothing"),
    "count-new": _("%(count)s new"),
    "count-replaces": _("%(count)s replace a value"),
    "count-same": _("%(count)s as they are"),
    "count-doubtful": _("%(count)s wait for your word: the name is spelt otherwise"),
    "count-refused": _("%(count)s cannot be applied"),
    "count-left-out": _("%(count)s left out"),
    "matched-by-name": _("Pupils are matched by name; the order of your list does not matter."),
    "matched-by-order": _("No names in what you pasted: rows go in order, from %(pupil)s down."),
    "headings-left-out": _("Rows of headings left out: %(count)s."),
    "column-number": _("Column %(column)s is a numbering and is left out."),
    "column-date": _("Column %(column)s holds dates and is left out."),
    "column-before": _("Column %(column)s stands before the names and is left out."),
    "rows-left-out": _("Rows without a pupil of this class: %(count)s. They are not applied."),
    "take-all": _(
        "Names spelt otherwise than on the roll: %(count)s. They are left out until you tick them; tick here for all."
    ),
    "other-name": _("Your list says “%(name)s”: it is this pupil"),
    "missing": _("Not in your list, unchanged: %(names)s."),
    "pasted-name": _("Pasted name"),
    "pupil": _("Pupil"),
    "column-for": _("Where pasted column %(column)s goes"),
    "leave-out": _("leave out"),
    "beyond-column": _("beyond the last column"),
    "choose-pupil": _("Which pupil is “%(name)s”?"),
    "choose": _("choose the pupil…"),
    "unknown": _("Not in this class"),
    "ambiguous": _("Several pupils have this name"),
    "twice": _("Two rows for one pupil"),
    "beyond": _("Beyond the sheet"),
}
