"""The map in a real browser: clicks, links, playback, and text of ledgers that tries to be more."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser

from tests.builders import street_of
from tests.e2e.serving import dashboard
from tests.e2e.visiting import Visit, visit
from tests.pages.street import GRIDS

pytestmark = pytest.mark.browser

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>"
CANVAS = '[data-testid="stDeckGlJsonChart"] canvas'
PATIENCE_MS = 120_000
# Where the second grid of the lower row and the first of the upper lie on the map, as shares of its size.
LOWER_MIDDLE, UPPER_LEFT, NOWHERE = (0.5, 0.62), (0.28, 0.35), (0.5, 0.97)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on six square grids with points; a grid's name and a hazard's kind hold HTML."""
    folder: Path = tmp_path_factory.mktemp("mapped")
    grids = [
        {**row, "grid_name": f"{EVIL}{nth}" if nth == 1 else row["grid_name"]}
        for nth, row in enumerate(GRIDS)
    ]
    street_of(
        folder,
        at="2026-11-22 18:00",
        grid=grids,
        hazard=[
            {
                **{name: GRIDS[nth % 6][name] for name in ("grid_code", "community")},
                "reported_at": f"2026-11-{1 + nth % 21:02} 09:00",
                "filed_at": f"2026-11-{1 + nth % 21:02} 09:00",
                "kind": EVIL,
                "lon": 100.203 + nth % 3 * 0.006,
                "lat": 36.9025 + nth % 6 // 3 * 0.005,
            }
            for nth in range(120)
        ],
        patrol_log=[
            {**{name: GRIDS[nth % 6][name] for name in ("grid_code", "community")}} for nth in range(9)
        ],
    )
    with dashboard(folder, tmp_path_factory.mktemp("log") / "server.log") as where:
        yield where


def open_map(reader: Visit, path: str) -> None:
    reader.page.on("dialog", lambda dialog: reader.complaints.append(f"a script ran: {dialog.message}"))
    with reader.page.expect_response(lambda answer: "/maps/" in answer.url, timeout=PATIENCE_MS):
        reader.open(path)
    reader.page.wait_for_selector(CANVAS, timeout=PATIENCE_MS)
    reader.page.wait_for_timeout(1500)


def at(reader: Visit, where: tuple[float, float]) -> tuple[float, float]:
    box = reader.page.locator(CANVAS).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] * where[0], box["y"] + box["height"] * where[1]


def click(reader: Visit, where: tuple[float, float]) -> None:
    reader.page.mouse.move(*at(reader, where))
    reader.page.wait_for_timeout(300)
    reader.page.mouse.click(*at(reader, where))


def chosen(reader: Visit) -> list[str]:
    query = unquote(reader.page.url.replace("+", " ")).partition("?")[2]
    return [part.removeprefix("grid=") for part in query.split("&") if part.startswith("grid=")]


def becomes(reader: Visit, grids: list[str]) -> bool:
    """Whether the link comes to name these grids; a busy machine takes its time."""
    for _ in range(PATIENCE_MS // 200):
        if chosen(reader) == grids:
            reader.settle()
            return chosen(reader) == grids
        reader.page.wait_for_timeout(200)
    return False


def test_clicked_grids_are_chosen_everywhere_and_a_link_reopens_them(browser: Browser, address: str) -> None:
    with visit(browser, address, 1920, 1080) as reader:
        open_map(reader, "/grid_heat")
        click(reader, UPPER_LEFT)
        assert becomes(reader, ["望湖社区 第1网格"])
        reader.page.get_by_text("网格长").first.wait_for(timeout=PATIENCE_MS)
        click(reader, LOWER_MIDDLE)
        assert becomes(reader, ["望湖社区 第1网格", f"柳岸社区 {EVIL}1"])
        click(reader, LOWER_MIDDLE)
        assert becomes(reader, ["望湖社区 第1网格"])
        click(reader, NOWHERE)
        reader.page.wait_for_timeout(1000)
        assert becomes(reader, ["望湖社区 第1网格"])
        link = reader.page.url
        reader.page.get_by_role("link", name="今日态势").click()
        reader.settle()
        assert becomes(reader, ["望湖社区 第1网格"])
        reader.is_clean()
    with visit(browser, address, 1920, 1080) as other:
        open_map(other, link.removeprefix(address))
        assert becomes(other, ["望湖社区 第1网格"])
        other.page.get_by_text("网格长").first.wait_for(timeout=PATIENCE_MS)
        other.is_clean()


def test_a_name_with_a_script_in_it_is_text_under_the_pointer(browser: Browser, address: str) -> None:
    with visit(browser, address, 1920, 1080) as reader:
        open_map(reader, "/grid_heat?measure=" + quote("立案数"))
        reader.page.mouse.move(*at(reader, LOWER_MIDDLE))
        tip = reader.page.locator(".tip b")
        tip.wait_for()
        assert tip.inner_text() == f"柳岸社区 {EVIL}1"
        told = "getComputedStyle(document.querySelector('.tip span'), '::after').content"
        assert reader.page.evaluate(told) == '"立案数：5 件"'
        assert reader.page.locator(".tip img, .tip script").count() == 0
        reader.is_clean()


def test_a_kind_with_a_script_in_it_is_text_in_charts_and_rows(browser: Browser, address: str) -> None:
    with visit(browser, address, 1920, 1080) as reader:
        reader.page.on("dialog", lambda dialog: reader.complaints.append(f"a script ran: {dialog.message}"))
        reader.open("/hazards?kind=" + quote(EVIL))
        reader.page.get_by_text(f"只看{EVIL}，下面各图也是。").wait_for()
        assert reader.page.locator(".st-key-exhibit_kinds .ytick text").first.text_content() == EVIL
        reader.settle()
        reader.page.locator(".st-key-proof_kinds button").first.click()
        reader.page.get_by_role("dialog").get_by_text("哪一类积压多").first.wait_for()
        reader.settle()
        reader.is_clean()


def test_playing_advances_on_one_canvas_without_asking_for_polygons(browser: Browser, address: str) -> None:
    with visit(browser, address, 1920, 1080) as reader:
        open_map(reader, "/grid_heat?frame=2026-10-26&time=" + quote("播放"))
        assert "10月26日—11月1日" in reader.page.inner_text(".frame-said")
        reader.page.evaluate(f"document.querySelector('{CANVAS}').dataset.seen = 'yes'")
        asked: list[str] = []
        reader.page.on("request", lambda request: asked.append(request.url))
        reader.page.get_by_role("button", name="播放").click()
        reader.page.get_by_text("11月9日—11月15日").first.wait_for(timeout=PATIENCE_MS)
        assert reader.page.evaluate(f"document.querySelector('{CANVAS}').dataset.seen") == "yes"
        assert [url for url in asked if "/maps/" in url] == []
        reader.page.get_by_text("11月16日—11月22日").first.wait_for(timeout=PATIENCE_MS)
        reader.page.get_by_role("button", name="播放").wait_for(timeout=PATIENCE_MS)
        assert "frame=2026-11-16" in reader.page.url
        reader.is_clean()


def test_a_click_while_playing_is_followed_by_the_whole_page(browser: Browser, address: str) -> None:
    with visit(browser, address, 1920, 1080) as reader:
        open_map(reader, "/grid_heat?frame=2026-10-26&time=" + quote("播放"))
        click(reader, UPPER_LEFT)
        assert becomes(reader, ["望湖社区 第1网格"])
        reader.page.get_by_text("网格长").first.wait_for(timeout=PATIENCE_MS)
        assert "10月26日—11月1日" in reader.page.inner_text(".frame-said")
        reader.is_clean()


@pytest.mark.parametrize(
    ("query", "theme"),
    [
        ("view=六边形", "light"),
        ("view=热力", "dark"),
        ("view=冷热点&size=小格", "light"),
        ("time=两期并排", "dark"),
        ("time=两期之差", "light"),
    ],
)
def test_every_view_draws_without_a_call_to_the_outside(
    browser: Browser, address: str, query: str, theme: str
) -> None:
    with visit(browser, address, 1920, 1080, theme=theme) as reader:
        open_map(reader, "/grid_heat?days=" + quote("近30天") + "&" + quote(query, safe="=&"))
        reader.is_clean()


def test_a_filter_sends_little(browser: Browser, address: str) -> None:
    with visit(browser, address, 1920, 1080) as reader:
        received: list[int] = []
        reader.page.on(
            "websocket", lambda socket: socket.on("framereceived", lambda sent: received.append(len(sent)))
        )
        open_map(reader, "/grid_heat")
        received.clear()
        click(reader, UPPER_LEFT)
        assert becomes(reader, ["望湖社区 第1网格"])
        assert 0 < sum(received) < 60_000
