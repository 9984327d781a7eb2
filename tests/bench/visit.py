"""Visits every page without a browser and prints its times as JSON: python -m tests.bench.visit STORE."""

import json
import os
import sys
import time
from statistics import median
from typing import Any

import duckdb
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.store.reader import Snapshot
from tests.bench.measuring import HOUSE, Cost, once

WARM_RUNS = 5


class Watch:
    """How many questions were asked of snapshots, and how long they took together."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.questions = 0


class Watched:
    """A cursor that notes how long it works."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, watch: Watch) -> None:
        self._cursor, self._watch = cursor, watch

    def execute(self, *words: Any) -> "Watched":
        """As the cursor's own."""
        began = time.perf_counter()
        self._cursor.execute(*words)
        self._watch.seconds += time.perf_counter() - began
        self._watch.questions += 1
        return self

    def df(self) -> Any:
        """As the cursor's own."""
        began = time.perf_counter()
        rows = self._cursor.df()
        self._watch.seconds += time.perf_counter() - began
        return rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __enter__(self) -> "Watched":
        return self

    def __exit__(self, *_: object) -> None:
        self._cursor.close()


def visit(path: str, watch: Watch) -> list[float | int]:
    """Milliseconds: cold, its CPU, its SQL; how many questions; warm, its CPU."""
    app = AppTest.from_file(str(HOUSE / "dashboard.py"), default_timeout=300)
    if path.endswith("/wall.py"):
        app.query_params["wall"] = "1"
        app.run()
    else:
        app.run()
        app.switch_page(path)
    st.cache_data.clear()
    watch.seconds, watch.questions = 0.0, 0
    cold = once(app.run)
    sql_s, questions = watch.seconds, watch.questions
    _check(app, path)
    warm = [once(app.run) for _ in range(WARM_RUNS)]
    typical = Cost(median(each.wall_s for each in warm), median(each.cpu_s for each in warm))
    milliseconds = [each * 1e3 for each in (cold.wall_s, cold.cpu_s, sql_s)]
    return [*milliseconds, questions, typical.wall_s * 1e3, typical.cpu_s * 1e3]


def _check(app: AppTest, path: str) -> None:
    if app.exception:
        raise RuntimeError(f"{path}: {app.exception[0].value}")


def main(store: str) -> None:
    """Every page script there is, one folder deep."""
    os.environ["STREET_STORE"] = store
    watch, lend = Watch(), Snapshot.cursor
    Snapshot.cursor = lambda street: Watched(lend(street), watch)  # type: ignore[method-assign, assignment, return-value]
    found = sorted((HOUSE / "pages").glob("*/*.py"))
    scripts = [each for each in found if each.parent.name != "parts" and each.name != "__init__.py"]
    paths = [each.relative_to(HOUSE).as_posix() for each in scripts]
    # the first visit of a process pays for its imports
    visit(paths[0], watch)
    print(json.dumps({path: visit(path, watch) for path in paths}))


if __name__ == "__main__":
    main(sys.argv[1])
