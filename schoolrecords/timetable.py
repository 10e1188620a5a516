"""Which tasks the scheduler starts, and when."""

from celery.schedules import crontab

RESUMED = [
    "accounts.tasks.resume_stale_verifications",
    "archive.tasks.resume_stale_editions",
    "archive.tasks.resume_stale_bags",
    "archive.tasks.resume_stale_packs",
    "corrections.tasks.keep_missing_papers",
    "gradebook.tasks.resume_stale_imports",
]


def timetable(stale_seconds: int) -> dict[str, dict[str, object]]:
    """Numbers are seconds. Under its name the scheduler remembers when it last started a task."""
    return {
        **{task: {"task": task, "schedule": max(stale_seconds / 2, 1)} for task in RESUMED},
        "seal-history": {"task": "accounts.tasks.seal_history", "schedule": crontab(hour=23, minute=45)},
        "send-letters-about-corrections": {
            "task": "corrections.tasks.send_letters",
            "schedule": crontab(hour=6, minute=30),
        },
        "revoke-expired-grants": {
            "task": "gradebook.tasks.revoke_expired_grants",
            "schedule": crontab(hour=0, minute=5),
        },
        "take-snapshots": {"task": "archive.tasks.take_snapshots", "schedule": 15},
        "carry-out-due-orders": {"task": "gradebook.scheduled_tasks.carry_out_due_orders", "schedule": 30},
        "lock-complete-classes": {
            "task": "gradebook.scheduled_tasks.lock_complete_classes",
            "schedule": crontab(hour=0, minute=15),
        },
    }
