"""巡查 on the small street."""

from streamlit.testing.v1 import AppTest

from tests.pages.reading import is_calm, text_of

PAGE = "pages/daily/patrols.py"


def test_the_page_answers_its_question_with_six_figures(app: AppTest) -> None:
    app.run()
    app.switch_page(PAGE).run()
    assert is_calm(app)
    text = text_of(app)
    assert "今天该跑的都跑到了吗？" in text
    for said in ("达标出车率", "巡查覆盖率", "超时未巡网格", "走访覆盖率", "晚间覆盖率", "巡查闭环率"):
        assert said in text
