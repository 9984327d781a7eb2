"""The line a page shows asks exactly what the page asked."""

import shlex
from datetime import date, datetime
from pathlib import Path

import pytest

from queries import Scope, hazards, overview
from queries.__main__ import main
from queries.asking import line
from queries.printing import as_csv
from tests.builders import street_of

SCOPE = Scope(date(2026, 11, 16), date(2026, 11, 23), as_at=datetime(2026, 11, 22, 18))


def test_the_whole_scope_is_said() -> None:
    scope = Scope(
        date(2026, 2, 2),
        date(2026, 3, 14),
        communities=("柳岸社区", "望 湖"),
        grids=("WG-0101",),
        as_at=datetime(2026, 3, 13, 23, 59, 59),
        is_lunar=True,
    )
    assert line(hazards.cases, scope, {"count": "closed"}) == (
        "python -m queries ask hazards.cases --since 2026-02-02 --until 2026-03-14 --community 望 湖"
        " --community 柳岸社区 --grid WG-0101 --as-at 2026-03-13T23:59:59 --lunar --value count=closed"
    ).replace("望 湖", '"望 湖"')


def test_the_line_gives_the_page_s_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    street = street_of(tmp_path, hazard=[{}, {"grid_code": "WG-0102"}])
    words = shlex.split(line(overview.figures, SCOPE, {}))[4:]
    assert main(["ask", *words, "--store", str(tmp_path), "--format", "csv"]) == 0
    assert capsys.readouterr().out == as_csv(overview.figures(street, SCOPE))
