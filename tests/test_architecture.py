"""The shape of the house: imports, foreign keys and records keep to their order."""

import pytest
from django.apps import apps
from django.db import models
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from accounts.models import User
from accounts.recorded import Recorded

ORDER = ["accounts", "gradebook", "transcripts", "corrections", "archive"]
NOT_RECORDED = {
    "accounts.User": "Django writes sign-ins into it; changes of accounts are audit events",
    "accounts.AuditEvent": "is itself a record; append-only",
    "accounts.OpenSession": "shows a session and ends with it; opening and ending are audit events",
    "accounts.KnownDevice": "a browser that was seen; its first time and its confirmation are audit events",
    "accounts.Seal": "is itself a record; append-only, and chained",
    "accounts.Verification": "progress of a job; what was found is an audit event",
    "gradebook.CourseUserObjectPermission": "derived from assignments, which are recorded",
    "gradebook.SchoolClassUserObjectPermission": "derived from assignments, which are recorded",
    "gradebook.ImportRun": "progress of a job; what was written names the import",
    "archive.PaperOrder": "progress of a job; what came of it are editions, and the order is an audit event",
    "archive.OrderedPaper": "which papers an order asked for; what came of it are editions",
    "archive.EvidencePack": "a job and its file; who asked and the file's hash are audit events",
    "archive.Bag": "a job and its file; who ordered it and the file's hash are audit events",
    "archive.SnapshotSource": "that an act was looked at; what came of it are snapshots",
    "corrections.Digest": "that a letter was sent, so that it is not sent twice; it holds nothing of the records",
    "corrections.Notice": "that a letter was sent; each is an audit event",
    "archive.Rendering": "progress of a job; what is issued stands in Edition",
}


def ours() -> list[type[models.Model]]:
    found = [model for app in ORDER for model in apps.get_app_config(app).get_models()]
    return [model for model in found if not model.__name__.startswith("Historical")]


def test_imports_point_down():
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down_and_grow_no_accessor_upwards(model):
    for field in model._meta.get_fields():
        target = field.related_model
        if not (field.concrete and field.is_relation and target) or target is User:
            continue
        here, there = model._meta.app_label, target._meta.app_label
        if here != there and there in ORDER:
            assert ORDER.index(there) < ORDER.index(here), field
            assert field.remote_field.hidden, f"{field}: related_name must be '+'"


def test_every_record_is_written_through_the_doors_or_says_why_not():
    assert {model._meta.label for model in ours() if not issubclass(model, Recorded)} == set(NOT_RECORDED)


@pytest.mark.parametrize("model", [m for m in ours() if issubclass(m, Recorded)], ids=lambda m: m._meta.label)
def test_the_guarded_manager_is_the_only_one(model):
    assert [manager.name for manager in model._meta.managers] == ["objects"]
    with pytest.raises(RuntimeError):
        model._default_manager.all().update()


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_who_and_when_are_said_together(model):
    """Paired facts (decided_by, decided_at …) are both required, or bound together by a constraint."""
    fields = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
    constraints = " ".join(str(constraint) for constraint in model._meta.constraints)
    for name, field in fields.items():
        partner = fields.get(name.removesuffix("_at") + "_by") if name.endswith("_at") else None
        if partner is not None and (field.null or partner.null):
            assert field.null == partner.null, name
            assert name in constraints, f"{model._meta.label}: no constraint binds {name} to {partner.name}"
