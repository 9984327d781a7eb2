"""隐患销号 in a real browser: a click on a bar narrows the page, and the link opens it for somebody else."""

import re

import pytest
from playwright.sync_api import Browser

from tests.e2e.visiting import visit

pytestmark = pytest.mark.browser

BARS = ".st-key-exhibit_kinds .bars .point path"
CHOSEN = re.compile("只看.+，下面各图也是。")
FIRST_ROW_PX = 54


def test_a_click_on_a_kind_narrows_the_page_and_the_link_carries_it(browser: Browser, address: str) -> None:
    with visit(browser, address, 1920, 1080) as seen:
        seen.open("/hazards")
        bar = seen.page.locator(BARS).first
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        assert box
        seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        seen.page.get_by_text(CHOSEN).wait_for()
        seen.page.wait_for_url("**kind=**")
        seen.settle()
        seen.is_clean()
        link = seen.page.url.removeprefix(address)
        [chosen] = seen.page.get_by_text(CHOSEN).all_inner_texts()
    with visit(browser, address, theme="dark") as other:
        other.open(link)
        assert chosen in other.text()
        other.is_clean()


def test_a_row_opens_the_card_of_its_case(browser: Browser, address: str) -> None:
    with visit(browser, address, 1920, 1080) as seen:
        seen.open("/hazards?hazards=逐件看")
        table = seen.page.locator(".st-key-exhibit_list_oldest [data-testid=stDataFrame]")
        table.scroll_into_view_if_needed()
        seen.settle()
        box = table.bounding_box()
        assert box
        seen.page.mouse.click(box["x"] + 18, box["y"] + FIRST_ROW_PX)
        card = seen.page.get_by_role("dialog")
        card.get_by_text("案件 YH-").wait_for()
        card.get_by_text("行，").first.wait_for()
        seen.settle()
        seen.is_clean()
