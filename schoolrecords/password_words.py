"""What everybody at a school would guess first: its name, the person's name, the words of the trade."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import search_key
from gradebook.models import School

_TRADE = frozenset(
    re.findall(
        "[a-z]+",
        "abc abcd admin anh ba cap chao chuyen co diem em giao giaovien hieu hieutruong hoc hocsinh khau lop mat "
        "matkhau nam nha password pho portal qwerty quan quantri school sinh so teacher th thay thcs thong thpt "
        "tieu tri trung truong van vanthu vien viet vietnam xin yeu",
    )
)
_LEAST_UNFAMILIAR = 4  # letters


class FamiliarWordsValidator:
    """Refuses a password of nothing but words that everybody here knows, and numbers (ASVS 6.2.11)."""

    def validate(self, password: str, user: User | None = None) -> None:
        words = _words(user)
        unfamiliar = [part for part in _letters(password) if not _made_of(words, part)]
        if sum(map(len, unfamiliar)) < _LEAST_UNFAMILIAR:
            raise ValidationError(
                _("Too easy to guess here: it consists of names and words of this school, or of numbers."),
                code="password_familiar",
            )

    def get_help_text(self) -> str:
        return _("Not only the name of the school or of a person, and not only numbers.")


def _letters(text: str) -> list[str]:
    return re.findall(r"[a-z]+", search_key(text))


def _words(user: User | None) -> set[str]:
    school = School.objects.first()
    names = [school.name if school else ""]
    if user is not None:
        names += [user.full_name, user.username, user.email, user.staff_code]
    return {word for name in names for word in _letters(name)} | _TRADE


def _made_of(words: set[str], text: str) -> bool:
    """Whether the text is known words written together: step by step, a pattern would try all ways at once."""
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(text[start:end] in words for start in reached):
            reached.add(end)
    return len(text) in reached
