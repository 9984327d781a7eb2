"""A load killed at any moment leaves the old warehouse or the new one, and may simply be run again."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from data.warehouse import Store
from tests.builders import snapshot_of

if not hasattr(os, "killpg"):
    pytest.skip("no process group can be killed here", allow_module_level=True)

ROOT = Path(__file__).parents[2]
KILLS = 32
GRIDS = "社区,网格编码,网格名称\n幸福社区,WG-0101,第一网格\n"


def file_of(desk: Path, number: int) -> Path:
    """One new hazard, one patrol-free correction of hazard 0, and one row that is turned away."""
    rows = [f"YH-{number},2026-11-01,WG-0101,新", f"YH-0,2026-11-01,WG-0101,{number}", "YH-X,,WG-0101,缺日期"]
    path = desk / f"隐患{number}.csv"
    path.write_text("隐患编号,发现日期,网格,隐患描述\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def started(store: Path, path: Path) -> subprocess.Popen[str]:
    environment = os.environ | {
        "STREET_TODAY": "2026-11-22",
        "STREET_KEY_FILE": str(store.parent / "person.key"),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "data", "load", str(path), "--json", "--store", str(store)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def held(store: Path) -> int:
    """How many loads are in; every one is there whole or not at all."""
    cursor = snapshot_of(Store(store)).cursor()
    asked = "select hazard_no, description from hazard order by hazard_no"
    hazards = dict(cursor.execute(asked).fetchall())
    count = len(hazards) - 1
    assert set(hazards) == {f"YH-{number}" for number in range(count + 1)}
    assert hazards["YH-0"] == str(count)
    assert cursor.execute("select count(*) from rejected_row").fetchall() == [(count,)]
    return count


@pytest.mark.slow
def test_a_load_killed_at_any_moment_is_in_or_out_and_can_be_repeated(tmp_path: Path) -> None:
    chance = random.Random(2026)
    store = tmp_path / "仓库"
    grids = tmp_path / "网格.csv"
    grids.write_text(GRIDS, "utf-8")
    assert started(store, grids).wait() == 0
    before = time.monotonic()
    assert started(store, file_of(tmp_path, 1)).wait() == 1
    longest = time.monotonic() - before
    count = held(store)
    killed_in_time = 0
    for _ in range(3 * KILLS):
        if killed_in_time == KILLS:
            break
        loader = started(store, file_of(tmp_path, count + 1))
        threading.Event().wait(chance.uniform(0, longest))
        os.killpg(loader.pid, signal.SIGKILL)
        told, _ = loader.communicate()
        killed_in_time += loader.returncode == -signal.SIGKILL
        now = held(store)
        assert now in (count, count + 1)
        if told.endswith("}\n"):
            assert json.loads(told)["files"][0]["accepted"] == {"hazard": 2}
            assert now == count + 1, "what was reported is there"
        count = now
    assert killed_in_time == KILLS
    assert started(store, file_of(tmp_path, count + 1)).wait() == 1
    assert held(store) == count + 1
    left = [path.name for path in (store / "drafts").iterdir() if not path.name.startswith("replaced-")]
    assert left == [], "what the dead left is swept away"
