"""The dashboard on the small street, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.street import small_street

DASHBOARD = Path(__file__).parents[2] / "dashboard.py"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse folder holding the small street; tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("street")
    small_street(folder)
    return folder


@pytest.fixture
def app(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The dashboard, not yet run, on 2026-11-22."""
    monkeypatch.setenv("STREET_STORE", str(store))
    monkeypatch.setenv("STREET_TODAY", "2026-11-22")
    monkeypatch.delenv("STREET_UPLOAD", raising=False)
    return AppTest.from_file(str(DASHBOARD), default_timeout=120)
