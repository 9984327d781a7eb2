"""A reader's browser that may talk to nobody but this machine, and remembers everything that went wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# On a link to a page below the root Streamlit first looks for its server one level too deep, and is told 404.
TOO_DEEP = re.compile(r"/[a-z_]+/_stcore/(health|host-config)$")
TRACEBACK = re.compile(r"Traceback|Error\b|Exception|暂时显示不了")


@dataclass
class Visit:
    """One open page and what the browser complained about."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> None:
        """Go to a link and wait until the page has drawn."""
        self.page.goto(self.address + path)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run, twice over: a rerun may follow a first run at once."""
        for _ in range(2):
            self.page.wait_for_selector(SETTLED, timeout=60_000)
            self.page.wait_for_timeout(250)
        self.page.wait_for_function("document.querySelectorAll('[data-testid=stSkeleton]').length === 0")

    def text(self) -> str:
        """Everything that can be read on the page."""
        return self.page.inner_text('[data-testid="stApp"]')

    def is_clean(self) -> None:
        """Fails unless the page drew without a complaint, a call to the outside or a traceback."""
        assert self.outside == []
        assert self.complaints == []
        assert not TRACEBACK.search(self.text()), self.text()

    def overflows(self) -> bool:
        """Whether the page is wider than the window."""
        return bool(
            self.page.evaluate(
                "[document.scrollingElement, document.querySelector('[data-testid=stMain]')]"
                ".some(each => each && each.scrollWidth > each.clientWidth + 1)"
            )
        )

    def scrolls(self) -> bool:
        """Whether anything of the page lies below the window's edge."""
        return bool(
            self.page.evaluate(
                "[document.scrollingElement, document.querySelector('[data-testid=stMain]')]"
                ".some(each => each && each.scrollHeight > each.clientHeight + 1)"
            )
        )


@contextmanager
def visit(
    browser: Browser, address: str, width: int = 1366, height: int = 768, theme: str = "light"
) -> Iterator[Visit]:
    """A fresh visitor with a window of this size."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    page = context.new_page()
    seen = Visit(page, address)

    def called(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            seen.outside.append(request.url)

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and not TOO_DEEP.search(message.location.get("url", "")):
            seen.complaints.append(f"{message.text} {message.location.get('url', '')}")

    page.on("request", called)
    page.on("console", said)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    try:
        yield seen
    finally:
        context.close()
