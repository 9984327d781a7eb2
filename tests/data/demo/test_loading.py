"""The demonstration goes through the importer's own door: every file known, only the slips turned away."""

from pathlib import Path

import pytest

from data import demo
from data.files import NO_LIMIT
from data.intake.load import Source, check
from data.intake.report import Report
from data.intake.take import Wishes
from data.warehouse import Store
from tests.data.demo.conftest import UNTIL
from tests.data.demo.test_files import LEDGER_OF

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("store")
    small_street = demo.write(folder / "incoming", UNTIL, years=1, scale=0.15)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREET_TODAY", "2026-11-22")
        patch.setenv("STREET_KEY_FILE", str(folder / "person.key"))
        files = [Source(path, path.name) for path in small_street]
        return check(Store(folder / "store"), files, Wishes(limits=NO_LIMIT, is_demo=True))


def test_every_file_is_recognised_as_its_ledger(report: Report) -> None:
    for each in report.files:
        assert each.file_reason is None, (each.path, each.message)
        assert each.ledger == LEDGER_OF.get(Path(each.path).stem.split("_")[0], "grid"), each.path


def test_slips_of_many_kinds_are_found(report: Report) -> None:
    reasons = {rejection.reason for each in report.files for rejection in each.rejected}
    assert reasons >= {
        "date_invalid",
        "date_ambiguous",
        "unknown_grid",
        "unknown_community",
        "negative_count",
        "not_a_number",
        "closed_before_reported",
        "unknown_level",
        "unknown_status",
        "duplicate_conflict",
        "unknown_direction",
        "unknown_colour",
        "unknown_enterprise",
        "not_a_flag",
        "override_too_long",
        "override_needs_two_people",
    }


def test_only_slips_are_turned_away(report: Report) -> None:
    accepted = sum(each.taken for each in report.files)
    rejected = [rejection for each in report.files for rejection in each.rejected]
    assert accepted > 12_000
    assert len(rejected) < 100
    assert sum(each.merged for each in report.files) >= 10


def test_no_coordinate_is_lost_on_the_way(report: Report) -> None:
    notes = [note for each in report.files for note in each.notes]
    assert not [note for note in notes if "坐标不能用" in note]
