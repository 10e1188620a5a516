"""How often something was tried lately: counted in memory, by each web process."""

from django.core.cache import cache


def tries(key: str, seconds: int) -> int:
    """This try counted; the count begins anew so many seconds after the first."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # ran out between the two lines
        return 1


def forgive(key: str) -> None:
    cache.delete(key)
