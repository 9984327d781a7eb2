"""The radar in a real browser: a row opens its case, and what a clerk typed into it is never run."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.builders import street_of
from tests.e2e.serving import dashboard
from tests.e2e.visiting import visit

pytestmark = pytest.mark.browser

MONDAY = datetime(2026, 11, 16, 9)
EVIL = "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>堆放杂物"
FIRST_ROW_PX = 58


@pytest.fixture(scope="module")
def radar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on a street with one closing that its own verifier made."""
    folder: Path = tmp_path_factory.mktemp("radar")
    case = {
        "hazard_no": "YH-1",
        "place": EVIL,
        "part": EVIL,
        "kind": "消防",
        "description": EVIL,
        "reported_at": MONDAY,
        "filed_at": MONDAY,
        "closed_at": MONDAY + timedelta(days=1),
        "is_self_verified": True,
        "source_row": 17,
    }
    street_of(folder, at="2026-11-22 18:00", hazard=[case])
    with dashboard(folder, tmp_path_factory.mktemp("log") / "server.log") as where:
        yield where


def test_a_row_opens_its_case_and_a_script_in_it_stands_there_as_text(browser: Browser, radar: str) -> None:
    with visit(browser, radar, 1920, 1080) as seen:
        seen.open("/hazards?hazards=是真的吗")
        table = seen.page.locator(".st-key-exhibit_radar_review [data-testid=stDataFrame]")
        table.scroll_into_view_if_needed()
        box = table.bounding_box()
        assert box
        seen.page.mouse.click(box["x"] + 14, box["y"] + FIRST_ROW_PX)
        card = seen.page.get_by_role("dialog")
        card.get_by_text("第 17 行").wait_for()
        assert "<script>document.title='ran'</script>堆放杂物" in card.inner_text()
        assert seen.page.title() != "ran"
        seen.is_clean()
        seen.page.get_by_role("button", name="Close").click()
        card.wait_for(state="hidden")
        seen.settle()
        assert not card.is_visible()
