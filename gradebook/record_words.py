"""Names of records and of their columns as the check of the history says them, marked for translation.

It takes them from the models, whose own names are for programmers; `accounts.seals.findings` translates what it finds.
"""

from django.utils.translation import gettext_noop as _

RECORDS = (
    _("Absence"),
    _("Audit event"),
    _("Column"),
    _("Confirmation"),
    _("Correction line"),
    _("Correction request"),
    _("Course"),
    _("Decision"),
    _("Delegation"),
    _("Enrolment"),
    _("Evidence"),
    _("Execution"),
    _("Guardian"),
    _("Held role"),
    _("Lock order"),
    _("Mark"),
    _("Movement"),
    _("Proposal"),
    _("Roll call"),
    _("School class"),
    _("Student"),
    _("Subject"),
    _("Transcript"),
    _("Window"),
)
COLUMNS = (
    _("Actor name"),
    _("Comment"),
    _("Count"),
    _("Full name"),
    _("History change reason"),
    _("History date"),
    _("History origin"),
    _("History user"),
    _("Is open"),
    _("Level"),
    _("New text"),
    _("Old text"),
    _("Score"),
    _("State"),
    _("Version"),
)
