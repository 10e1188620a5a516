from gradebook.models.grants import CourseUserObjectPermission, SchoolClassUserObjectPermission
from gradebook.models.imports import Import
from gradebook.models.marks import Column, Mark
from gradebook.models.results import Decision, Outcome, Proposal, Stage
from gradebook.models.roster import Enrolment, SchoolClass, Student
from gradebook.models.school import Level, Period, Policy, School, SchoolYear, Semester
from gradebook.models.teaching import Course, Subject, TeachingAssignment
from gradebook.models.windows import LockOrder, Window

__all__ = [
    "Column",
    "Course",
    "CourseUserObjectPermission",
    "Decision",
    "Enrolment",
    "Import",
    "Level",
    "LockOrder",
    "Mark",
    "Outcome",
    "Period",
    "Policy",
    "Proposal",
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
]
