import pytest
from django.core.exceptions import ImproperlyConfigured

from schoolrecords import environment as env


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in ("THING", "THING_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_value_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("THING", "from the environment")

    assert env.text("THING", "default") == "from the environment"


def test_secret_comes_from_its_file(monkeypatch, tmp_path):
    secret = tmp_path / "thing"
    secret.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("THING", "from the environment")
    monkeypatch.setenv("THING_FILE", str(secret))

    assert env.text("THING") == "from the file"


def test_unreadable_secret_says_which(monkeypatch, tmp_path):
    monkeypatch.setenv("THING_FILE", str(tmp_path / "gone"))

    with pytest.raises(ImproperlyConfigured, match=r"THING_FILE points to .*gone.*No such file"):
        env.text("THING", "default")


def test_missing_value_says_what_to_set():
    with pytest.raises(ImproperlyConfigured, match="Set the environment variable THING, or THING_FILE"):
        env.text("THING")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("True", True), ("on", True), ("0", False), ("no", False), ("", False)],
)
def test_flag(monkeypatch, value, expected):
    monkeypatch.setenv("THING", value)

    assert env.flag("THING", default=not expected) is expected


def test_flag_default():
    assert env.flag("THING", default=True) is True
    assert env.flag("THING") is False


def test_wrong_flag_is_refused(monkeypatch):
    monkeypatch.setenv("THING", "maybe")

    with pytest.raises(ImproperlyConfigured, match="THING must be 1 or 0, not 'maybe'"):
        env.flag("THING")


def test_words(monkeypatch):
    monkeypatch.setenv("THING", "a.example, b.example,,")

    assert env.words("THING") == ["a.example", "b.example"]


def test_postgresql_address():
    parts = env.database("postgresql://po%40rtal:s%2Fcret@db.example:5433/records")

    assert parts["ENGINE"] == "django.db.backends.postgresql"
    assert (parts["USER"], parts["PASSWORD"], parts["HOST"], parts["PORT"], parts["NAME"]) == (
        "po@rtal",
        "s/cret",
        "db.example",
        "5433",
        "records",
    )


def test_database_password_may_come_from_a_file(monkeypatch, tmp_path):
    secret = tmp_path / "password"
    secret.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("PORTAL_DATABASE_PASSWORD_FILE", str(secret))

    assert env.database("postgresql://portal@db/records")["PASSWORD"] == "from the file"


def test_sqlite_keeps_what_it_has_confirmed():
    parts = env.database("sqlite:////data/portal.sqlite3")

    assert parts["NAME"] == "/data/portal.sqlite3"
    assert "IMMEDIATE" in str(parts["OPTIONS"])
    assert "synchronous=full" in str(parts["OPTIONS"])


def test_other_databases_are_refused():
    with pytest.raises(ImproperlyConfigured, match="not 'mysql'"):
        env.database("mysql://portal@db/records")
