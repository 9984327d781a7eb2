"""三色管理 in a real browser: from the head to a hazard's source file, the preview, other eyes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from data import rule_shelf
from data.warehouse import Store
from tests.builders import snapshot_of
from tests.e2e.serving import dashboard
from tests.e2e.visiting import visit
from tests.pages.coloured import EDGE, NAMES, RED, coloured_street

pytestmark = pytest.mark.browser

FIRST_ROW_PX = 54
PICK_PX = 18


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("coloured")
    coloured_street(store)
    return store


@pytest.fixture(scope="module")
def coloured(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with dashboard(folder, tmp_path_factory.mktemp("log") / "server.log") as where:
        yield where


def test_three_clicks_lead_from_the_head_to_a_hazard_and_its_file(browser: Browser, coloured: str) -> None:
    with visit(browser, coloured, 1920, 1080) as seen:
        seen.open("/three_colour")

        def pick(key: str) -> None:
            table = seen.page.locator(f".st-key-exhibit_{key} [data-testid=stDataFrame]")
            table.scroll_into_view_if_needed()
            seen.settle()
            box = table.bounding_box()
            assert box
            seen.page.mouse.click(box["x"] + PICK_PX, box["y"] + FIRST_ROW_PX)

        pick("firm_red")
        seen.page.get_by_role("heading", name=NAMES[RED]).wait_for()
        seen.settle()
        link = seen.page.url.removeprefix(coloured)
        pick("fired")
        case = seen.page.get_by_role("dialog")
        case.get_by_text("案件 YH-9001").wait_for()
        case.get_by_text("台账.xlsx").wait_for()
        seen.settle()
        seen.is_clean()
    assert f"subject={RED}" in link
    with visit(browser, coloured, theme="dark") as other:
        other.open(link)
        assert NAMES[RED] in other.text()
        assert "未销号重大事故隐患" in other.text()
        other.is_clean()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("part", ["重点", "全景图", "短板", "变化", "规则预演", "三张清单"])
def test_every_part_draws_and_calls_nobody(browser: Browser, coloured: str, part: str, theme: str) -> None:
    with visit(browser, coloured, 1920, 1080, theme=theme) as seen:
        seen.open(f"/three_colour?scheme=商户（五项指标）&firms={part}")
        seen.is_clean()
        assert not seen.overflows()


def test_other_eyes_are_lent_to_the_whole_page_by_the_link(browser: Browser, coloured: str) -> None:
    with visit(browser, coloured, 1920, 1080) as seen:
        seen.open("/three_colour?firms=全景图")
        plain = seen.page.screenshot()
        seen.page.get_by_text("黑白打印").click()
        seen.settle()
        seen.page.wait_for_url("**vision=**")
        assert seen.page.screenshot() != plain
        seen.is_clean()


def test_the_preview_names_whom_adoption_then_flips(browser: Browser, coloured: str, folder: Path) -> None:
    with visit(browser, coloured, 1920, 1080) as seen:
        seen.open("/three_colour?firms=规则预演")
        thumb = seen.page.locator(".st-key-try_enterprise_green input[type=range]")
        thumb.focus()
        for _ in range(5):
            seen.page.keyboard.press("ArrowRight")
        seen.settle()
        seen.page.get_by_text("会变色的企业　1 家").wait_for()
        with seen.page.expect_download() as saved:
            seen.page.get_by_role("button", name="下载这份草案").first.click()
        text = Path(saved.value.path()).read_text("utf-8")
        seen.is_clean()
    before = snapshot_of(Store(folder))
    today = before.as_at.date()
    draft = folder / "草案.toml"
    draft.write_text(text.replace(text.split("effective_from = ")[1].split("\n")[0], f"{today}"), "utf-8")
    rule_shelf.adopt(folder, draft, today)
    Store(folder).publish(now=before.as_at)
    after = snapshot_of(Store(folder))
    with after.cursor() as cursor:
        flipped = cursor.execute(
            "select enterprise_key from colour_evaluation"
            " where scheme = 'enterprise' and occasion = 'rule_change' and old_rule_colour <> assigned"
        ).fetchall()
    assert flipped == [(EDGE,)]
