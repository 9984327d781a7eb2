"""What a reader meets in a real browser that may talk to this machine only."""

from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser

from dashboard import DESK
from tests.e2e.serving import dashboard
from tests.e2e.visiting import visit
from tests.pages.street import small_street

pytestmark = pytest.mark.browser

MENU = [page for group in DESK.values() for page in group]
PAGES = {f"/{Path(path).stem if nth else ''}": title for nth, (path, title) in enumerate(MENU)}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_draws_without_a_call_to_the_outside(
    browser: Browser, address: str, path: str, theme: str
) -> None:
    with visit(browser, address, theme=theme) as reader:
        reader.open(path)
        assert reader.page.inner_text("h1") == PAGES[path]
        reader.is_clean()


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_never_scrolls_sideways(browser: Browser, address: str, path: str) -> None:
    with visit(browser, address, width=390, height=844) as reader:
        reader.open(path)
        assert not reader.overflows()
        reader.is_clean()


@pytest.mark.parametrize("path", ["/patrols", "/hazards", "/reports"])
def test_every_part_of_a_page_draws_on_a_phone(browser: Browser, address: str, path: str) -> None:
    with visit(browser, address, width=390, height=844, theme="dark") as reader:
        reader.open(path)
        parts = reader.page.get_by_role("tab")
        parts.nth(3).wait_for()
        for nth in range(parts.count()):
            parts.nth(nth).click()
            reader.settle()
            assert not reader.overflows(), parts.nth(nth).inner_text()
        reader.is_clean()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (3840, 2160)])
def test_the_wall_fills_the_screen_without_scroll_bars(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    with visit(browser, address, *size) as reader:
        reader.open("/?wall=1")
        assert reader.page.locator(".wall .figure").count() == 7
        assert not reader.overflows()
        assert not reader.scrolls()
        assert not reader.page.locator('[data-testid="stSidebar"]').is_visible()
        reader.is_clean()


def test_nothing_on_the_wall_is_smaller_than_a_thirtieth_of_its_height(
    browser: Browser, address: str
) -> None:
    with visit(browser, address, 1920, 1080) as reader:
        reader.open("/?wall=1")
        smallest = reader.page.evaluate(
            "Math.min(...[...document.querySelectorAll('.wall *')]"
            ".filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))"
            ".map(each => parseFloat(getComputedStyle(each).fontSize)))"
        )
        assert smallest >= 1080 / 30


def test_nothing_on_the_wall_is_cut_off(browser: Browser, address: str) -> None:
    with visit(browser, address, 1920, 1080) as reader:
        reader.open("/?wall=1")
        cut = reader.page.evaluate(
            "[...document.querySelectorAll('.wall .panel')]"
            ".filter(each => each.scrollHeight > each.clientHeight + 1"
            " || each.scrollWidth > each.clientWidth + 1)"
            ".map(each => each.innerText)"
        )
        assert cut == []


def test_a_copied_link_reopens_the_same_view(browser: Browser, address: str) -> None:
    with visit(browser, address) as first:
        first.open("/")
        first.page.get_by_text("上周", exact=True).click()
        first.settle()
        first.page.locator(".st-key-community input").click()
        first.page.keyboard.type("柳岸")
        first.page.keyboard.press("Enter")
        first.page.keyboard.press("Escape")
        first.settle()
        link, figures = first.page.url, first.page.inner_text(".st-key-figures")
        assert "days=上周" in unquote(link)
        assert "community=柳岸社区" in unquote(link)
        first.is_clean()
    with visit(browser, address) as second:
        second.open(link.removeprefix(address))
        assert second.page.inner_text(".st-key-figures") == figures
        assert second.page.url == link


def test_filters_stay_when_the_page_changes(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        reader.open(f"/?days={quote('上周')}&community={quote('柳岸社区')}")
        reader.page.get_by_role("link", name="指标说明").click()
        reader.settle()
        reader.page.get_by_role("link", name="今日态势").click()
        reader.settle()
        assert "days=上周" in unquote(reader.page.url)
        assert "community=柳岸社区" in unquote(reader.page.url)
        assert "11月9日—11月15日" in reader.text()


def test_a_filter_changes_the_figures(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        reader.open("/")
        everywhere = reader.page.inner_text(".st-key-card_1")
        reader.open(f"/?community={quote('柳岸社区')}")
        assert reader.page.inner_text(".st-key-card_1") != everywhere


def test_days_of_ones_own_begin_with_those_on_screen_and_stand_in_the_link(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as reader:
        reader.open(f"/?days={quote('近30天')}")
        reader.page.get_by_text("自选", exact=True).click()
        reader.settle()
        assert unquote(reader.page.url).endswith("days=自选&since=2026-10-24&last=2026-11-22")
        assert "10月24日—11月22日（30 天）" in reader.text()


def test_a_figure_opens_to_its_definition_its_rows_its_files_and_its_sql(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as reader:
        reader.open("/")
        reader.page.locator(".st-key-evidence_2 button:visible").first.click()
        drawer = reader.page.get_by_role("dialog")
        drawer.get_by_text("应处置：21 行").wait_for()
        reader.settle()
        told = drawer.inner_text()
        assert "按期处置数 ÷ 应处置数" in told
        assert "《台账.xlsx》21 行" in told
        drawer.get_by_text("SQL 原文").first.click()
        assert "from case_counted" in drawer.inner_text()
        line = "python -m queries ask hazards.cases --since 2026-11-16 --until 2026-11-23"
        assert f"{line} --as-at 2026-11-22T" in drawer.inner_text()
        reader.is_clean()


def test_rows_on_screen_can_be_taken_home(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        reader.open("/data_status")
        with reader.page.expect_download() as download:
            reader.page.locator(".st-key-csv_rejected button").click()
        saved = Path(download.value.path()).read_text("utf-8-sig")
        assert "2026/13/1" in saved
        with reader.page.expect_download() as download:
            reader.page.locator(".st-key-xlsx_rejected button").click()
        assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_a_deep_link_on_a_fresh_server_shows_the_page_in_its_frame(browser: Browser, tmp_path: Path) -> None:
    small_street(tmp_path / "store")
    with dashboard(tmp_path / "store", tmp_path / "log") as address, visit(browser, address) as reader:
        reader.open("/data_status")
        assert reader.page.inner_text("h1") == "数据状态"
        assert reader.page.locator('[data-testid="stSidebarNav"]').is_visible()
        assert reader.page.get_by_role("dialog").count() == 0
        reader.is_clean()


@pytest.mark.parametrize("path", ["/overview/today", "/nothing", "/today", "/nothing/"])
def test_a_dead_link_leads_to_the_first_page_with_its_filters(
    browser: Browser, address: str, path: str
) -> None:
    with visit(browser, address) as reader:
        reader.open(f"{path}?community={quote('柳岸社区')}")
        assert reader.page.inner_text("h1") == "今日态势"
        assert unquote(reader.page.url) == f"{address}/?community=柳岸社区"
        assert reader.page.get_by_role("dialog").count() == 0
        reader.is_clean()


def test_a_lost_filter_is_told_until_another_is_chosen(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        reader.open(f"/?community={quote('不存在')}")
        assert "链接里的社区“不存在”找不到，现在显示全街道" in reader.text()
        reader.page.get_by_text("上周", exact=True).click()
        reader.settle()
        assert "不存在" not in reader.text()


def test_on_a_phone_no_list_hides_a_column(browser: Browser, address: str) -> None:
    with visit(browser, address, width=390, height=844) as reader:
        for path in PAGES:
            reader.open(path)
            hidden = "[...document.querySelectorAll('.list')].filter(e => e.scrollWidth > e.clientWidth + 1)"
            assert reader.page.evaluate(f"{hidden}.map(each => each.innerText)") == []


def test_the_server_lets_a_page_talk_to_nobody_else(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        answer = reader.page.goto(address)
        assert answer is not None
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")
