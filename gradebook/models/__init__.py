from gradebook.models.attendance import Absence, AttendanceMonth, HalfDay, RollCall
from gradebook.models.check_prints import CheckPrint
from gradebook.models.confirmations import Confirmation
from gradebook.models.decisions import Acknowledgement, BoardMember, Decision, Incident, IncidentQuerySet
from gradebook.models.grants import CourseUserObjectPermission, SchoolClassUserObjectPermission
from gradebook.models.imports import Import, ImportRun
from gradebook.models.lock_orders import LockOrder
from gradebook.models.marks import Column, Mark, MarkKind, mark_kind
from gradebook.models.movements import EarlierResult, Movement, YearTurn
from gradebook.models.phrase_offers import PhraseOffer
from gradebook.models.phrases import Phrase
from gradebook.models.pupils import DifferentPupils, Guardian, Student
from gradebook.models.remarks import Remark
from gradebook.models.results import Outcome, Proposal, Stage
from gradebook.models.roster import Enrolment, SchoolClass
from gradebook.models.school import Level, Period, Policy, School, SchoolYear, Semester
from gradebook.models.teaching import Course, Oversight, Subject, TeachingAssignment
from gradebook.models.windows import Window, still_open

__all__ = [
    "Absence",
    "Acknowledgement",
    "AttendanceMonth",
    "BoardMember",
    "CheckPrint",
    "Column",
    "Confirmation",
    "Course",
    "CourseUserObjectPermission",
    "Decision",
    "DifferentPupils",
    "EarlierResult",
    "Enrolment",
    "Guardian",
    "HalfDay",
    "Import",
    "ImportRun",
    "Incident",
    "IncidentQuerySet",
    "Level",
    "LockOrder",
    "Mark",
    "MarkKind",
    "Movement",
    "Outcome",
    "Oversight",
    "Period",
    "Phrase",
    "PhraseOffer",
    "Policy",
    "Proposal",
    "Remark",
    "RollCall",
    "School",
    "SchoolClass",
    "SchoolClassUserObjectPermission",
    "SchoolYear",
    "Semester",
    "Stage",
    "Student",
    "Subject",
    "TeachingAssignment",
    "Window",
    "YearTurn",
    "mark_kind",
    "still_open",
]
