"""今日态势 on the small street."""

from streamlit.testing.v1 import AppTest

from tests.pages.reading import is_calm, text_of


def test_the_page_shows_six_cards_with_denominators(app: AppTest) -> None:
    app.run()
    assert is_calm(app)
    text = text_of(app)
    for said in ("超期存量", "按期处置率", "净消化", "巡查覆盖率", "红色企业", "红色商户", "退回行占比"):
        assert said in text
    # 15 of the 21 cases due this week were handled in time
    assert "71.4%" in text
    assert "按期处置数 15 / 应处置数 21" in text
    assert "超期存量 21 / 期末在办 30" in text


def test_the_question_and_the_days_stand_under_the_title(app: AppTest) -> None:
    app.run()
    assert app.title[0].value == "今日态势"
    assert "11月16日—11月22日（7 天）" in text_of(app)


def test_a_grid_filter_changes_the_figures(app: AppTest) -> None:
    app.run()
    everywhere = text_of(app)
    app.multiselect(key="grid").select("柳岸社区 第1网格").run()
    assert is_calm(app)
    assert text_of(app) != everywhere
    assert "按期处置数 15 / 应处置数 21" not in text_of(app)


def test_a_period_that_is_over_is_shown_as_it_ended(app: AppTest) -> None:
    app.query_params["days"] = "上周"
    app.run()
    assert is_calm(app)
    assert "11月9日—11月15日（7 天），存量截至 11月15日" in text_of(app)


def test_a_link_with_days_of_ones_own_reopens_them(app: AppTest) -> None:
    app.query_params["days"] = "自选"
    app.query_params["since"] = "2026-11-02"
    app.query_params["last"] = "2026-11-15"
    app.run()
    assert is_calm(app)
    assert "11月2日—11月15日（14 天）" in text_of(app)


def test_a_link_with_impossible_days_falls_back_to_this_week(app: AppTest) -> None:
    app.query_params["days"] = "自选"
    app.query_params["since"] = "2026-13-45"
    app.query_params["last"] = "x"
    app.run()
    assert is_calm(app)
    assert "11月16日—11月22日" in text_of(app)


def test_the_grids_that_moved_a_figure_are_named_with_how_sure_it_is(app: AppTest) -> None:
    app.run()
    text = text_of(app)
    assert "谁带动了变化" in text
    assert "件数太少" in text


def test_what_moved_says_where(app: AppTest) -> None:
    app.run()
    assert "全街道超期存量变化" in text_of(app)
    app.multiselect(key="community").select("柳岸社区").run()
    assert "柳岸社区超期存量变化" in text_of(app)
    assert "全街道超期" not in text_of(app)


def test_who_owes_what_is_told_by_unit(app: AppTest) -> None:
    app.run()
    assert "谁欠着" in text_of(app)
    assert "未写责任单位" in text_of(app)


def test_the_oldest_open_hazard_comes_first(app: AppTest) -> None:
    app.run()
    assert "最久未销的隐患" in text_of(app)
    assert "已立案" in text_of(app)
