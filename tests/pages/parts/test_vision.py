"""The page seen with other eyes: chosen in the link, filtered by the browser itself, without a call."""

import re
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import vision


def page() -> None:
    from pages.parts import vision

    vision.switch()


def filters(app: AppTest) -> list[str]:
    """The filters of the style sheets on the page, written out."""
    drawn = [element.proto.body for element in app.get("html")]
    return [unquote(each) for each in drawn if each.startswith("<style>")]


def test_nothing_is_filtered_unless_asked_for() -> None:
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert filters(app) == []


@pytest.mark.parametrize(
    ("seen", "first_row"),
    [
        ("红色盲", "0.152286 1.05258 -0.204868 0 0"),
        ("绿色盲", "0.367322 0.860646 -0.227968 0 0"),
        ("蓝色盲", "1.25553 -0.076749 -0.178779 0 0"),
        ("黑白打印", "0.2126 0.7152 0.0722 0 0"),
    ],
)
def test_a_link_opens_the_page_as_others_see_it(seen: str, first_row: str) -> None:
    app = AppTest.from_function(page)
    app.query_params["vision"] = seen
    app.run()
    [style] = filters(app)
    assert f'values="{first_row} ' in style
    assert '[data-testid="stMain"]{background:var(--ground)}' in style
    assert '[data-testid="stMain"],[data-testid="stDialog"]{filter:url("data:image/svg+xml,' in style


def test_a_link_with_other_words_shows_the_page_as_it_is() -> None:
    app = AppTest.from_function(page)
    app.query_params["vision"] = "</style><script>"
    app.run()
    assert not app.exception
    assert filters(app) == []


@pytest.mark.parametrize("seen", vision.MATRICES)
def test_white_stays_white_and_no_address_leaves_the_page(seen: str) -> None:
    assert all(sum(row) == pytest.approx(1, abs=1e-5) for row in vision.MATRICES[seen])
    assert re.findall(r"""url\("([a-z]+):""", vision.sheet(seen)) == ["data"]
    assert re.findall(r'[<>"]', vision.sheet(seen).partition("url")[2]) == ['"', '"']
