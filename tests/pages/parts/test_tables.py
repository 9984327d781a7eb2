"""Long tables: what travels to the browser, and how days are written."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import tables
from tests.pages.reading import text_of

LONG = """
import pandas as pd
from pages.parts import tables
tables.long(pd.DataFrame({"hazard_no": [f"YH-{nth}" for nth in range(2500)]}), ["hazard_no"], "k", "隐患")
"""


def test_of_a_very_long_table_only_the_head_travels() -> None:
    app = AppTest.from_string(LONG).run()
    assert not app.exception
    assert len(app.dataframe[0].value) == 800
    assert "共 2,500 行，表里是前 800 行，其余在导出里。" in text_of(app)


@pytest.mark.parametrize(("days", "told"), [(0.02, "0.0"), (2.25, "2.2"), (3.0, "3"), (289.3, "289")])
def test_days_are_whole_unless_hours_would_be_lost(days: float, told: str) -> None:
    assert tables.text("open_days", days) == told
