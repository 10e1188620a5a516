"""Grants on courses and classes, with real foreign keys.

Guardian's generic table keeps the object's key as text and leaves orphans behind; these tables do neither.
"""

from django.db import models
from guardian.models import UserObjectPermissionBase

from gradebook.models.roster import SchoolClass
from gradebook.models.teaching import Course


class CourseUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Course, on_delete=models.CASCADE)


class SchoolClassUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(SchoolClass, on_delete=models.CASCADE)
