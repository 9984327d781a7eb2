"""One office for all read-only tests of a module, and a fresh one for those that load."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.intake.office import Office, opened


@pytest.fixture(scope="session")
def _today() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREET_TODAY", "2026-11-22")
        yield


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, _today: None) -> Office:
    """An office that no test changes: only `check` it."""
    return opened(tmp_path_factory.mktemp("office"))


@pytest.fixture
def fresh_office(tmp_path: Path, _today: None) -> Office:
    """An office of the test's own, to load into."""
    return opened(tmp_path)
