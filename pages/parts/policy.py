"""What a browser may do with our pages: talk to this server and to nobody else, whatever a page asks.

Only a base map that an administrator has named is let through besides.
A link to a page that does not exist leads to the first one.
"""

from collections.abc import Collection

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALLOWED = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
# What a base map is fetched by.
OF_MAPS = ("img-src", "connect-src")


def headers(tiles: str = "") -> tuple[tuple[bytes, bytes], ...]:
    """The headers of every answer. `tiles` is the one other machine maps may ask: the one an office named."""
    allowed = {
        what: f"{whom} {tiles}" if tiles and what in OF_MAPS else whom for what, whom in ALLOWED.items()
    }
    return (
        (b"content-security-policy", "; ".join(f"{what} {whom}" for what, whom in allowed.items()).encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    )


class OnlyThisServer:
    """Sends the policy with every answer."""

    def __init__(self, app: ASGIApp, tiles: str = "") -> None:
        self._app = app
        self._headers = headers(tiles)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, adding the headers where an answer begins."""

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *self._headers]}
            await send(message)

        await self._app(scope, receive, with_policy)


class NoDeadLinks:
    """Leads a reader who follows a link to no page of ours to the first page, filters kept.

    Left alone, Streamlit shows its own page and a dialog in English. Only a browser's navigation is led on:
    files and the server's own paths are asked for without wanting a page.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self._app = app
        self._pages = {"/", *(f"/{page}" for page in pages)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a dead link with the way to the first page; pass everything else on."""
        if not self._is_dead(scope):
            await self._app(scope, receive, send)
            return
        query = scope.get("query_string", b"")
        there = b"/?" + query if query else b"/"
        await send({"type": "http.response.start", "status": 307, "headers": [(b"location", there)]})
        await send({"type": "http.response.body", "body": b""})

    def _is_dead(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET":
            return False
        path = scope["path"].rstrip("/") or "/"
        wants_page = any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
        is_own = any(part.startswith("_stcore") or "." in part for part in path.split("/"))
        is_own |= path.startswith(("/static/", "/media/", "/component/"))
        return wants_page and path not in self._pages and not is_own


def around(pages: Collection[str], tiles: str = "") -> tuple[Middleware, ...]:
    """Everything that stands between a browser and the pages of these names. `tiles`: see `headers`."""
    return (Middleware(OnlyThisServer, tiles=tiles), Middleware(NoDeadLinks, pages=pages))
