"""大屏: the six figures as one panel."""

from streamlit.testing.v1 import AppTest

from tests.pages.reading import is_calm, text_of


def test_the_wall_shows_the_figures_with_their_as_of_and_no_filters(app: AppTest) -> None:
    app.query_params["wall"] = "1"
    app.run()
    assert is_calm(app)
    assert "按期处置数 15 / 应处置数 21" in text_of(app)
    assert "数据截至" in text_of(app)
    assert len(app.multiselect) == 0


def test_any_other_word_for_the_wall_is_the_desk(app: AppTest) -> None:
    app.query_params["wall"] = "0"
    app.run()
    assert is_calm(app)
    assert len(app.multiselect) == 2
