"""隐患销号 on the small street."""

from streamlit.testing.v1 import AppTest

from tests.pages.reading import is_calm, text_of

PAGE = "pages/daily/hazards.py"


def opened(app: AppTest) -> AppTest:
    return app.run().switch_page(PAGE).run()


def test_one_question_stands_first(app: AppTest) -> None:
    opened(app)
    assert is_calm(app)
    assert app.title[0].value == "隐患销号"
    assert "隐患销得掉、销得及时、销得真吗？" in text_of(app)
