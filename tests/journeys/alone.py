"""A page of the portal in a browser without a server: what the portal says is asked before the browser starts."""

from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Request, Route

HOME = "http://portal.example"
Answers = dict[str, tuple[str, bytes]]


def asked(client: Client, *addresses: str) -> Answers:
    responses = {address: client.get(address) for address in addresses}
    return {
        urlsplit(address).path: (response["Content-Type"], response.content)
        for address, response in responses.items()
    }


def serve(where: Page | BrowserContext, answers: Answers) -> None:
    where.route(f"{HOME}/**", lambda route, request: _answer(route, request, answers))


def _answer(route: Route, request: Request, answers: Answers) -> None:
    path = urlsplit(request.url).path
    if request.method == "GET" and path in answers:
        kind, body = answers[path]
        route.fulfill(body=body, content_type=kind)
    elif (file := settings.BASE_DIR / path.removeprefix("/")).is_file():
        route.fulfill(path=file)
    else:
        route.abort()  # as without a network: what is typed stays on this computer
