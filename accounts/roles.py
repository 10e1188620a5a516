"""The one table of role x permission (S4, annex 1: the permission list a school prints).

A permission here is about the whole school. What a teacher may do in one class or course is an object
grant, derived from assignments and kept by `accounts.permissions`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    PRINCIPAL = "principal", _("Principal")
    VICE_PRINCIPAL = "vice_principal", _("Vice-principal")
    ADMINISTRATOR = "administrator", _("IT administrator")
    CLERK = "clerk", _("Clerk")
    DEPARTMENT_HEAD = "department_head", _("Department head")
    HOMEROOM_TEACHER = "homeroom_teacher", _("Homeroom teacher")
    SUBJECT_TEACHER = "subject_teacher", _("Subject teacher")


class Permission(models.TextChoices):
    READ_SCHOOL = "read_school", _("Read every class book of the school")
    READ_ACCOUNTS = "read_accounts", _("See accounts and their roles")
    MANAGE_ACCOUNTS = "manage_accounts", _("Create and manage accounts")
    SET_SECURITY = "set_security", _("Set the rules of sign-in")
    DELEGATE_POWERS = "delegate_powers", _("Delegate the principal's powers")
    ISSUE_DECISIONS = "issue_decisions", _("Enter decisions, appoint the board, choose the school's policy")
    ANSWER_INCIDENTS = "answer_incidents", _("Answer incident reports")
    SET_UP_YEAR = "set_up_year", _("Set up years, classes and teaching")
    MANAGE_PUPILS = "manage_pupils", _("Keep the profiles of pupils")
    RECORD_MOVEMENTS = "record_movements", _("Record pupils who come, leave or change class")
    TURN_YEAR = "turn_year", _("Close a year and carry its pupils to the next")
    IMPORT_PUPILS = "import_pupils", _("Import class lists")
    READ_LOCK_BOARD = "read_lock_board", _("See which books are open")
    ORDER_LOCK = "order_lock", _("Order books opened and locked")
    EXECUTE_LOCK = "execute_lock", _("Open and lock books on order")
    READ_CORRECTIONS = "read_corrections", _("Read every correction request")
    DECIDE_CORRECTION = "decide_correction", _("Decide on correction requests")
    EXECUTE_CORRECTION = "execute_correction", _("Execute approved corrections")
    CHOOSE_RULES = "choose_rules", _("Choose where the assessment rules leave room")
    DECIDE_RESULTS = "decide_results", _("Decide on results, promotion and awards")
    SHARE_PHRASES = "share_phrases", _("Keep the school's comment bank")
    ISSUE_TRANSCRIPT = "issue_transcript", _("Issue transcripts")
    SIGN_BOOK = "sign_book", _("Sign the school's books as principal")
    KEEP_SEAL = "keep_seal", _("Put the school's seal on books, keep the register of printing and sealing")
    REQUEST_BOOK = "request_book", _("Print class books")
    READ_ARCHIVE = "read_archive", _("Read and verify the archive")


_P = Permission
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PRINCIPAL: frozenset(
        {
            _P.READ_SCHOOL,
            _P.READ_ACCOUNTS,
            _P.MANAGE_ACCOUNTS,
            _P.SET_SECURITY,
            _P.DELEGATE_POWERS,
            _P.ISSUE_DECISIONS,
            _P.ANSWER_INCIDENTS,
            _P.SET_UP_YEAR,
            _P.READ_LOCK_BOARD,
            _P.ORDER_LOCK,
            _P.READ_CORRECTIONS,
            _P.DECIDE_CORRECTION,
            _P.CHOOSE_RULES,
            _P.DECIDE_RESULTS,
            _P.SHARE_PHRASES,
            _P.ISSUE_TRANSCRIPT,
            _P.SIGN_BOOK,
            _P.READ_ARCHIVE,
        }
    ),
    Role.VICE_PRINCIPAL: frozenset(
        {
            _P.READ_SCHOOL,
            _P.READ_ACCOUNTS,
            _P.ANSWER_INCIDENTS,
            _P.READ_LOCK_BOARD,
            _P.READ_CORRECTIONS,
            _P.SHARE_PHRASES,
            _P.READ_ARCHIVE,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            _P.READ_SCHOOL,
            _P.READ_ACCOUNTS,
            _P.ANSWER_INCIDENTS,
            _P.SET_UP_YEAR,
            _P.IMPORT_PUPILS,
            _P.MANAGE_PUPILS,
            _P.RECORD_MOVEMENTS,
            _P.TURN_YEAR,
            _P.READ_LOCK_BOARD,
            _P.EXECUTE_LOCK,
            _P.READ_CORRECTIONS,
            _P.EXECUTE_CORRECTION,
            _P.READ_ARCHIVE,
        }
    ),
    Role.CLERK: frozenset(
        {
            _P.READ_SCHOOL,
            _P.IMPORT_PUPILS,
            _P.MANAGE_PUPILS,
            _P.RECORD_MOVEMENTS,
            _P.REQUEST_BOOK,
            _P.KEEP_SEAL,
            _P.READ_ARCHIVE,
        }
    ),
    Role.DEPARTMENT_HEAD: frozenset({_P.READ_LOCK_BOARD, _P.SHARE_PHRASES}),
    Role.HOMEROOM_TEACHER: frozenset({_P.READ_LOCK_BOARD}),
    Role.SUBJECT_TEACHER: frozenset({_P.READ_LOCK_BOARD}),
}

DELEGABLE = frozenset(
    {
        _P.MANAGE_ACCOUNTS,
        _P.ISSUE_DECISIONS,
        _P.ORDER_LOCK,
        _P.DECIDE_CORRECTION,
        _P.DECIDE_RESULTS,
        _P.ISSUE_TRANSCRIPT,
        _P.SIGN_BOOK,
    }
)
"""What the principal may hand on by a dated delegation; delegating itself is never among it."""

EXECUTED_BY_OTHERS = {
    _P.ORDER_LOCK: _P.EXECUTE_LOCK,
    _P.DECIDE_CORRECTION: _P.EXECUTE_CORRECTION,
}
"""Who carries a decision out by role never takes it by delegation: they stay two offices, not only two people."""
