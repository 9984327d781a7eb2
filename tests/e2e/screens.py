"""Takes the READMEs' picture of the first page of the demonstration: python -m tests.e2e.screens [STORE]."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.e2e.serving import dashboard
from tests.e2e.visiting import ONLY_THIS_MACHINE, visit

PICTURE = Path(__file__).parent / "screens" / "today.png"


def take(store: Path, log: Path) -> None:
    """Opens the dashboard on the store (a first start builds the demonstration) and keeps what it shows."""
    with dashboard(store, log) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", ONLY_THIS_MACHINE, "--lang=zh-CN"]
        )
        with visit(chromium, address, 1600, 1000) as seen:
            seen.open("/")
            seen.page.get_by_text("最久未销的隐患").wait_for(timeout=300_000)
            seen.settle()
            PICTURE.parent.mkdir(exist_ok=True)
            seen.page.screenshot(path=PICTURE)
        chromium.close()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        take(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "store", Path(folder) / "server.log")
