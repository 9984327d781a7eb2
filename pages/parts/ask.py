"""Asking: which snapshot answers this run, and every answer kept by snapshot, question, scope and rights."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pandas as pd
import streamlit as st

from data import settings
from data.trouble import Trouble
from data.warehouse import Snapshot, Store
from pages.parts import rights
from queries import Scope

Question = Callable[..., pd.DataFrame]

ANSWERS_KEPT = 4000
_PINNED = "street"


@st.cache_resource
def store(folder: str) -> Store:
    """The warehouse folder, opened once a process."""
    return Store(settings.store_folder(folder))


def warehouse() -> Store:
    """The warehouse this server shows."""
    return store(str(settings.store_folder()))


def newest() -> Snapshot:
    """The newest good snapshot. Raises Trouble where nothing was ever loaded or every snapshot is damaged."""
    found = warehouse().newest()
    if found is None:
        raise Trouble("仓库里还没有数据。")
    return found


def pin() -> Snapshot:
    """Choose the snapshot that answers this whole run: no two figures come from different states."""
    street = newest()
    st.session_state[_PINNED] = street
    return street


def street() -> Snapshot:
    """The snapshot chosen for this run."""
    pinned = st.session_state.get(_PINNED)
    return pinned if isinstance(pinned, Snapshot) else pin()


def ask(question: Question, scope: Scope, **values: Any) -> pd.DataFrame:
    """The answer of a question of queries/ on this run's snapshot; `values` are the question's own."""
    own = tuple(sorted(values.items()))
    return _answer(question.__module__, question.__name__, street().name, scope, own, rights.held())


@st.cache_data(show_spinner=False, max_entries=ANSWERS_KEPT)
def _answer(
    topic: str,
    name: str,
    snapshot: str,
    scope: Scope,
    values: tuple[tuple[str, Any], ...],
    held: tuple[str, ...],
) -> pd.DataFrame:
    """`held` is only part of the key: what one right may see is never kept for another."""
    question: Question = getattr(import_module(topic), name)
    pinned = street()
    answering = pinned if pinned.name == snapshot else warehouse().snapshot(snapshot)
    return question(answering, scope, **dict(values))
