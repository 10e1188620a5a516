"""The hour of the portal, moved by hand."""

from datetime import datetime, timedelta

from django.utils import timezone

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Clock:
    def __init__(self, monkeypatch) -> None:
        self.moment = timezone.now()
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.moment)

    def after(self, span: timedelta) -> datetime:
        return self.moment + span

    def move(self, span: timedelta) -> None:
        self.moment += span
