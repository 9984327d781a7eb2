"""Visits every page without a server and prints which questions it asks and how long each takes, as JSON.

python -m tests.bench.visit STORE
"""

import json
import os
import sys
import time
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import DESK
from pages.parts import ask
from tests.bench.measuring import HOUSE

Asked = dict[str, float]


def noting(asked: Asked) -> None:
    """Have every question that a page asks note its milliseconds; of one asked more often, the longest."""
    answer = ask.ask

    def noted(question: ask.Question, *words: Any, **values: Any) -> Any:
        began = time.perf_counter()
        answered = answer(question, *words, **values)
        took_ms = (time.perf_counter() - began) * 1e3
        name = f"{question.__module__.rpartition('.')[2]}.{question.__name__}"
        asked[name] = max(took_ms, asked.get(name, 0.0))
        return answered

    ask.ask = noted


def visit(path: str, asked: Asked) -> Asked:
    """The questions of a page's second run, nothing being known from the first but the program."""
    app = AppTest.from_file(str(HOUSE / "dashboard.py"), default_timeout=300)
    app.run()
    app.switch_page(path).run()
    st.cache_data.clear()
    asked.clear()
    app.run()
    if app.exception:
        raise RuntimeError(f"{path}: {app.exception[0].value}")
    return dict(asked)


def main(store: str) -> None:
    """Every page of the menu."""
    os.environ["STREET_STORE"] = store
    asked: Asked = {}
    noting(asked)
    pages = {title: path for group in DESK.values() for path, title in group}
    print(json.dumps({title: visit(path, asked) for title, path in pages.items()}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
