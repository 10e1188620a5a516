"""Vietnamese unless somebody chose otherwise."""

import pytest

pytestmark = pytest.mark.django_db
ENGLISH_BROWSER = {"accept-language": "en-US,en;q=0.9"}


def language_of(client) -> str:
    page = client.get("/sign-in/", headers=ENGLISH_BROWSER).content.decode()
    return page.partition('<html lang="')[2].partition('"')[0]


def test_a_browser_set_to_english_gets_vietnamese(client):
    assert language_of(client) == "vi"


def test_the_switch_decides_and_is_remembered(client):
    client.post("/language/", {"language": "en", "next": "/sign-in/"})

    assert language_of(client) == "en"


@pytest.mark.parametrize("cookie", ["", "de", "../../etc", "vi; DROP"])
def test_a_strange_cookie_means_vietnamese(client, cookie):
    client.cookies["portal_language"] = cookie

    assert language_of(client) == "vi"
