"""A foreign register places some of its cases nowhere; the first page still stands."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import street_of
from tests.pages.conftest import DASHBOARD
from tests.pages.reading import is_calm, text_of


def test_cases_without_a_grid_are_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"grid_code": None, "community": None, "kind": "噪声"}
    late = {"reported_at": "2026-11-17 09:00", "filed_at": "2026-11-17 09:00", "due_at": "2026-11-18 09:00"}
    earlier = {"reported_at": "2026-11-01 09:00", "filed_at": "2026-11-01 09:00", "due_at": "2026-11-30"}
    street_of(tmp_path, at="2026-11-22 18:00", hazard=[{**nowhere, **late}, {**nowhere, **earlier}, earlier])
    monkeypatch.setenv("STREET_STORE", str(tmp_path))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    app = AppTest.from_file(str(DASHBOARD), default_timeout=120).run()
    assert is_calm(app)
    assert "未分网格" in text_of(app)
