"""Where a request comes from: the address and the browser, in words for its owner."""

from django.conf import settings
from django.http import HttpRequest

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc_browser/", "Cốc Cốc"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def address_of(request: HttpRequest) -> str | None:
    """Behind the proxy, what it wrote last: anything before that may be the visitor's invention."""
    if settings.BEHIND_PROXY and (chain := request.headers.get("x-forwarded-for", "")):
        return chain.rsplit(",", 1)[-1].strip()
    address: str | None = request.META.get("REMOTE_ADDR")
    return address


def browser_of(request: HttpRequest) -> str:
    """ "Chrome, Windows"; product names are the same in every language. Empty when it does not say."""
    agent = request.headers.get("user-agent", "")
    found = (next((name for mark, name in names if mark in agent), "") for names in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))
