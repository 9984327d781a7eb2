"""指标说明: straight from the glossary."""

from streamlit.testing.v1 import AppTest

from data import glossary
from tests.pages.reading import is_calm, text_of

PAGE = "pages/about/terms.py"


def test_every_measure_of_the_glossary_is_explained(app: AppTest) -> None:
    app.run().switch_page(PAGE).run()
    assert is_calm(app)
    text = text_of(app)
    assert [word.label for word in glossary.measures() if word.label not in text] == []


def test_a_search_leaves_only_what_mentions_it(app: AppTest) -> None:
    app.run().switch_page(PAGE).run()
    app.text_input(key="term").input("红色商户").run()
    assert "红色商户" in text_of(app)
    assert "巡查覆盖率" not in text_of(app)
