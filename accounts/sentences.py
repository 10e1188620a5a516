"""What happened to accounts and by delegated powers, in sentences. A verb without one is a test's failure."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEvent
from accounts.roles import Permission, Role

SENTENCES = {
    "accounts.account.created": gettext_lazy("%(actor)s created the account of %(target)s."),
    "accounts.account.changed": gettext_lazy("%(actor)s changed the account of %(target)s: %(changes)s."),
    "accounts.account.disabled": gettext_lazy("%(actor)s disabled the account of %(target)s."),
    "accounts.account.enabled": gettext_lazy("%(actor)s enabled the account of %(target)s."),
    "accounts.account.locked": gettext_lazy("%(target)s was locked out after too many wrong passwords."),
    "accounts.account.unlocked": gettext_lazy("%(actor)s unlocked the sign-in of %(target)s."),
    "accounts.role.given": gettext_lazy("%(actor)s gave %(target)s the role %(role)s from %(since)s."),
    "accounts.role.ended": gettext_lazy("%(actor)s ended the role %(role)s of %(target)s on %(until)s."),
    "accounts.department.founded": gettext_lazy("%(actor)s founded the department %(target)s."),
    "accounts.department.renamed": gettext_lazy("%(actor)s renamed the department %(old)s to %(target)s."),
    "accounts.member.added": gettext_lazy("%(actor)s added a member to %(target)s from %(since)s."),
    "accounts.member.ended": gettext_lazy("%(actor)s ended a membership in %(target)s on %(until)s."),
    "accounts.head.appointed": gettext_lazy("%(actor)s appointed the head of %(target)s from %(since)s."),
    "accounts.delegation.given": gettext_lazy("%(actor)s delegated to %(target)s: %(permission)s."),
    "accounts.delegation.ended": gettext_lazy("%(actor)s took back from %(target)s: %(permission)s."),
    "accounts.password.reset": gettext_lazy("%(actor)s issued a one-time password for %(target)s."),
    "accounts.password.changed": gettext_lazy("%(actor)s chose a new password."),
    "accounts.password.reminded": gettext_lazy("%(actor)s reminded %(target)s of the password."),
    "accounts.session.signed_in": gettext_lazy("%(actor)s signed in (%(browser)s, %(address)s)."),
    "accounts.session.signed_out": gettext_lazy("%(actor)s signed out."),
    "accounts.session.failed": gettext_lazy("Somebody tried to sign in as %(target)s with a wrong password."),
    "accounts.session.expired": gettext_lazy("Somebody tried the expired one-time password of %(target)s."),
    "accounts.session.ended": gettext_lazy("%(actor)s ended sessions of %(target)s: %(count)s."),
    "accounts.second_factor.set_up": gettext_lazy("%(actor)s set up a second factor."),
    "accounts.second_factor.removed": gettext_lazy("%(actor)s removed the second factor of %(target)s."),
    "accounts.second_factor.failed": gettext_lazy(
        "Somebody with the password of %(target)s typed a wrong code of the second factor."
    ),
    "accounts.second_factor.recovery_used": gettext_lazy(
        "%(actor)s signed in with a recovery code; %(left)s are left."
    ),
    "accounts.second_factor.codes_renewed": gettext_lazy("%(actor)s made new recovery codes."),
    "accounts.device.added": gettext_lazy("%(actor)s signed in on a new device (%(browser)s, %(address)s)."),
    "accounts.device.confirmed": gettext_lazy("%(actor)s confirmed a new device (%(browser)s)."),
    "accounts.security.changed": gettext_lazy(
        "%(actor)s set the rules of sign-in: second factor %(second_factor_required)s, "
        "reminder after %(password_max_age_days)s days."
    ),
    "accounts.history.check_requested": gettext_lazy("%(actor)s asked for a check of the whole history."),
    "accounts.history.checked": gettext_lazy(
        "The history was checked for %(actor)s: %(rows)s rows, %(seals)s seals, faults: %(faults)s."
    ),
    # What else is done by a power that can be delegated
    "gradebook.decision.entered": gettext_lazy("%(actor)s entered decision %(target)s."),
    "gradebook.decision.edited": gettext_lazy("%(actor)s changed what stands of decision %(target)s."),
    "gradebook.board.appointed": gettext_lazy("%(actor)s appointed to the board: %(target)s."),
    "gradebook.board.ended": gettext_lazy("%(actor)s ended on the board: %(target)s."),
    "gradebook.policy.set": gettext_lazy("%(actor)s set the school's policy."),
    "gradebook.phrase.accepted": gettext_lazy("%(actor)s took a phrase into the school's bank: %(target)s"),
    "gradebook.phrase.declined": gettext_lazy(
        "%(actor)s did not take a phrase into the school's bank: %(target)s (%(reason)s)"
    ),
    "gradebook.oversight.given": gettext_lazy("%(actor)s said what %(target)s checks."),
    "gradebook.oversight.ended": gettext_lazy("%(actor)s ended what %(target)s checks."),
    "gradebook.year.reopened": gettext_lazy("%(actor)s reopened school year %(target)s."),
    "gradebook.attendance.reopened": gettext_lazy("%(actor)s reopened a month of attendance: %(target)s."),
    "gradebook.lock.proposed": gettext_lazy("%(actor)s proposed to open or lock books: %(target)s."),
    "gradebook.lock.ordered": gettext_lazy("%(actor)s ordered books opened or locked: %(target)s."),
    "gradebook.lock.declined": gettext_lazy("%(actor)s declined the proposal %(target)s: %(reason)s."),
    "gradebook.lock.withdrawn": gettext_lazy("%(actor)s took back order %(target)s."),
    "gradebook.lock.executed": gettext_lazy("%(actor)s carried out order %(target)s: %(windows)s books."),
    "gradebook.lock.classes_locked": gettext_lazy(
        "%(actor)s locked the classes that are complete, by order %(target)s: %(windows)s books."
    ),
    "gradebook.lock.lapsed": gettext_lazy(
        "%(actor)s locked %(windows)s books again whose hour had come, by order %(target)s."
    ),
    "gradebook.year.opened": gettext_lazy("%(actor)s opened school year %(target)s."),
    "gradebook.year.closed": gettext_lazy(
        "%(actor)s closed school year %(target)s by decision %(decision)s."
    ),
    "gradebook.results.decided": gettext_lazy("%(actor)s decided on the results of %(target)s."),
    "gradebook.results.reconsidered": gettext_lazy(
        "%(actor)s took back the decision on the results of %(target)s."
    ),
    "corrections.request.submitted": gettext_lazy("%(actor)s handed in correction request %(target)s."),
    "corrections.request.confirmed": gettext_lazy("%(actor)s confirmed correction request %(target)s."),
    "corrections.request.declined": gettext_lazy("%(actor)s did not confirm correction request %(target)s."),
    "corrections.request.asked_back": gettext_lazy("%(actor)s sent correction request %(target)s back."),
    "corrections.request.answered": gettext_lazy("%(actor)s answered about correction request %(target)s."),
    "corrections.request.withdrawn": gettext_lazy("%(actor)s withdrew correction request %(target)s."),
    "corrections.presence.confirmed": gettext_lazy(
        "%(actor)s was present for correction request %(target)s."
    ),
    "corrections.reminder.sent": gettext_lazy("%(told)s were reminded of correction request %(target)s."),
    "corrections.report.sent": gettext_lazy(
        "%(told)s were told that correction request %(target)s waits too long."
    ),
    "corrections.requests.exported": gettext_lazy("%(actor)s exported correction requests: %(rows)s rows."),
    "corrections.request.executed": gettext_lazy("%(actor)s carried out correction request %(target)s."),
    "corrections.request.approved": gettext_lazy("%(actor)s approved correction request %(target)s."),
    "corrections.request.refused": gettext_lazy("%(actor)s did not approve correction request %(target)s."),
    "gradebook.year.turned": gettext_lazy("%(actor)s carried the pupils of %(target)s to the next year."),
    "gradebook.year.turned_late": gettext_lazy(
        "%(actor)s carried late pupils of %(target)s to the next year."
    ),
    "gradebook.year.turn_undone": gettext_lazy("%(actor)s took back the turn of the year %(target)s."),
    "gradebook.register.numbered": gettext_lazy("%(actor)s numbered the register."),
    "gradebook.register.printed": gettext_lazy("%(actor)s printed the register."),
    "archive.edition.requested": gettext_lazy("%(actor)s asked for the printed book %(target)s."),
    "archive.edition.retried": gettext_lazy("%(actor)s had the printed book %(target)s tried again."),
    "archive.edition.issued": gettext_lazy("The printed book %(target)s was made."),
    "archive.edition.checked": gettext_lazy("%(actor)s checked the printed book %(target)s."),
    "archive.archive.checked": gettext_lazy("%(actor)s checked the archive."),
    "archive.edition.downloaded": gettext_lazy("%(actor)s downloaded the printed book %(target)s."),
    "archive.edition.signed": gettext_lazy("%(actor)s signed the printed book %(target)s electronically."),
    "archive.paper.recorded": gettext_lazy("%(actor)s recorded what was done on paper with %(target)s."),
    "archive.paper.withdrawn": gettext_lazy(
        "%(actor)s withdrew a line of the signature sheet of %(target)s."
    ),
    "archive.register.exported": gettext_lazy("%(actor)s exported the register of printing and sealing."),
    "archive.papers.ordered": gettext_lazy("%(actor)s had papers of many classes printed: %(papers)s."),
    "archive.papers.paused": gettext_lazy("%(actor)s paused the printing of %(target)s."),
    "archive.papers.resumed": gettext_lazy("%(actor)s let the printing of %(target)s go on."),
    "archive.papers.cancelled": gettext_lazy("%(actor)s cancelled the printing of %(target)s."),
    "archive.papers.retried": gettext_lazy("%(actor)s had the printing of %(target)s tried again."),
    "archive.papers.downloaded": gettext_lazy("%(actor)s downloaded what was printed: %(target)s."),
    "archive.pack.requested": gettext_lazy("%(actor)s asked for the evidence pack %(target)s."),
    "archive.pack.retried": gettext_lazy("%(actor)s had the evidence pack %(target)s tried again."),
    "archive.pack.made": gettext_lazy("The evidence pack %(target)s was made."),
    "archive.pack.downloaded": gettext_lazy("%(actor)s downloaded the evidence pack %(target)s."),
    "archive.transcript.handed_over": gettext_lazy(
        "%(actor)s took the transcript file %(target)s for another school."
    ),
    "archive.bags.ordered": gettext_lazy("%(actor)s had archive bags made for %(target)s: %(bags)s."),
    "archive.bag.retried": gettext_lazy("%(actor)s had the archive bag %(target)s tried again."),
    "archive.bag.made": gettext_lazy("The archive bag %(target)s was made."),
    "archive.bag.downloaded": gettext_lazy("%(actor)s downloaded the archive bag %(target)s."),
    "archive.medium.made": gettext_lazy("%(actor)s put %(bags)s archive bags on medium %(target)s."),
    "archive.medium.noted": gettext_lazy("%(actor)s noted what became of medium %(target)s."),
    "archive.retention.set": gettext_lazy("%(actor)s set how long is kept: %(target)s."),
    "archive.destruction.decided": gettext_lazy(
        "%(actor)s recorded the decision to destroy %(target)s: %(files)s files."
    ),
    "transcripts.transcript.issued": gettext_lazy("%(actor)s issued a transcript: %(target)s."),
    "transcripts.transcript.withdrawn": gettext_lazy(
        "%(actor)s withdrew a transcript: %(target)s. %(reason)s"
    ),
    "transcripts.transcript.received": gettext_lazy(
        "%(actor)s received the transcript of another school: %(target)s."
    ),
    "transcripts.received.withdrawn": gettext_lazy(
        "%(actor)s took out a received transcript: %(target)s. %(reason)s"
    ),
    "transcripts.certificate.recorded": gettext_lazy("%(actor)s recorded a certificate: %(target)s."),
}
_FIELDS = {
    "full_name": gettext_lazy("full name"),
    "email": gettext_lazy("e-mail"),
    "staff_code": gettext_lazy("staff code"),
}


def sentence(event: AuditEvent) -> str:
    """In the reader's language; a verb of another slice stands as it is."""
    if event.verb not in SENTENCES:
        return f"{event.actor_name}: {event.verb} {event.target_name}".strip()
    words = _Words({key: _word(key, value) for key, value in event.particulars.items()})
    by_itself = _("The schedule") if event.particulars.get("automatic") else _("The operator of the server")
    words["actor"] = event.actor_name or by_itself
    words["target"] = event.target_name or _("an unknown name")
    return str(SENTENCES[event.verb]) % words


class _Words(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


def _word(key: str, value: Any) -> Any:
    if key == "role":
        return Role(value).label
    if key == "permission":
        return Permission(value).label
    if key == "changes":
        return "; ".join(f"{_FIELDS[name]} {old or '–'} → {new or '–'}" for name, (old, new) in value.items())
    if isinstance(value, bool):
        return _("required") if value else _("optional")
    return "–" if value in ("", None) else value
