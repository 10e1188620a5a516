"""Reads settings from the environment and says what to do when one is missing or wrong."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of NAME, or the content of the file that NAME_FILE points to (for secrets)."""
    if path := os.environ.get(f"{name}_FILE"):
        return _read_secret(name, path)
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"Set the environment variable {name}, or {name}_FILE to a file that holds it."
        )
    return value


def made_once(path: Path) -> str:
    """The secret that this machine made for itself."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, object]:
    """Turn postgresql://user:password@host:port/name or sqlite:////absolute/path into Django's dictionary."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite("/" + parts.path.lstrip("/"))
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or "") or text("PORTAL_DATABASE_PASSWORD", ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"connect_timeout": 5},
        }
    raise ImproperlyConfigured(
        f"PORTAL_DATABASE_URL must start with postgresql:// or sqlite:///, not {parts.scheme!r}."
    )


def _sqlite(path: str) -> dict[str, object]:
    # IMMEDIATE: a read-then-write transaction otherwise fails at once under load, whatever the timeout.
    # FULL: in WAL mode, NORMAL can lose the last commits on power loss, and these are school records.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening it anew for each request reads the whole schema again: longer than most pages take.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=wal;PRAGMA synchronous=full;PRAGMA cache_size=-20000;"
            "PRAGMA mmap_size=134217728;PRAGMA temp_store=memory;",
        },
    }


def _read_secret(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}_FILE points to {path}, which cannot be read: {error.strerror}."
        ) from None
