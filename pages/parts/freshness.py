"""How old the data is, on every page and by the minute, even while the page merely stays open."""

import html
from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from data import settings
from data.contract import ledgers
from data.warehouse import Snapshot
from pages.parts import ask, notices, words
from queries import Scope, data_status


def whole(street: Snapshot, as_at: datetime | None = None) -> Scope:
    """The snapshot's day alone, for what the filters do not touch: places, loads, the age of the data."""
    today = street.as_at.date()
    return Scope(today, today + timedelta(days=1), as_at=as_at)


def ages(street: Snapshot) -> pd.DataFrame:
    """`data_status.ages` by the clock, not by the snapshot's day: data ages while nobody loads any."""
    hour = settings.now().replace(minute=0, second=0)
    return ask.ask(data_status.ages, whole(street, max(hour, street.built_at)))


def is_demo(street: Snapshot) -> bool:
    """Whether invented data is in what is shown."""
    return bool(ask.ask(data_status.batches, whole(street))["is_demo"].any())


@st.fragment(run_every=timedelta(minutes=1))
@notices.calmly
def line() -> None:
    """演示数据, 数据截至, and the oldest ledger, with 可能过期 where it is older than it should be."""
    st.html(f'<p class="asof">{told(ask.street())}</p>')


def told(street: Snapshot) -> str:
    """The line as HTML; the wall shows the same one."""
    known = ages(street)
    known = known[known["record_count"] > 0]
    parts = ['<span class="mark demo">演示数据</span>'] if is_demo(street) else []
    parts.append(f"<span>数据截至 <strong>{words.moment(_reach(known, street))}</strong></span>")
    parts.append(f"<span>快照 {words.moment(street.built_at)}</span>")
    if known.empty:
        return "".join(parts)
    oldest = known.iloc[0]
    title = html.escape(ledgers()[oldest["ledger"]].title)
    parts.append(f"<span>最旧：{title}，{words.age(timedelta(days=float(oldest['age_days'])))}</span>")
    behind = int(known["is_behind"].sum())
    if behind:
        parts.append(f'<span class="mark stale">可能过期：{behind} 类台账超过应报周期</span>')
    return "".join(parts)


def _reach(known: pd.DataFrame, street: Snapshot) -> datetime:
    """The latest event of any ledger: what the data reaches up to."""
    newest = known["newest_at"].dropna()
    return street.built_at if newest.empty else min(newest.max().to_pydatetime(), street.as_at)
