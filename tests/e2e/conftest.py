"""One street, one server and one browser for all tests of this folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.serving import dashboard
from tests.e2e.visiting import ONLY_THIS_MACHINE
from tests.pages.street import small_street

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium without a screen."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed here, so nothing was looked at in a real browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", ONLY_THIS_MACHINE, "--lang=zh-CN"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard showing the small street."""
    folder: Path = tmp_path_factory.mktemp("store")
    small_street(folder)
    with dashboard(folder, tmp_path_factory.mktemp("log") / "server.log") as where:
        yield where
