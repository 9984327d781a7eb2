"""Takes the READMEs' pictures of the demonstration: python -m tests.e2e.screens [STORE]."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.e2e.serving import dashboard
from tests.e2e.visiting import ONLY_THIS_MACHINE, visit

FOLDER = Path(__file__).parent / "screens"
# The page, its picture, and what stands there once it is drawn.
PICTURES = (("/", "today.png", "最久未销的隐患"), ("/grid_heat?days=近30天", "grid_heat.png", "最高的网格"))
DRAWN_MS = 4000


def take(store: Path, log: Path) -> None:
    """Opens the dashboard on the store (a first start builds the demonstration) and keeps what it shows."""
    with dashboard(store, log) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", ONLY_THIS_MACHINE, "--lang=zh-CN"]
        )
        for path, picture, drawn in PICTURES:
            with visit(chromium, address, 1600, 1000) as seen:
                seen.open(path)
                seen.page.get_by_text(drawn).first.wait_for(timeout=300_000)
                seen.settle()
                seen.page.wait_for_timeout(DRAWN_MS)
                FOLDER.mkdir(exist_ok=True)
                seen.page.screenshot(path=FOLDER / picture)
        chromium.close()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        take(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "store", Path(folder) / "server.log")
