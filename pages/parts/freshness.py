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
    street = ask.street()
    st.html(f'<p class="asof">{as_of(street)}{oldest(street)}</p>')


def as_of(street: Snapshot) -> str:
    """演示数据 and 数据截至, as HTML."""
    known = ages(street)
    demo = '<span class="mark demo">演示数据</span>' if is_demo(street) else ""
    reach = words.moment(_reach(known, street), settings.today())
    return f"{demo}<span>数据截至 <strong>{reach}</strong></span>"


def oldest(street: Snapshot) -> str:
    """The ledger most behind what is expected of it and how many are, as HTML; empty without any data."""
    known = ages(street)
    known = known[known["record_count"] > 0]
    if known.empty:
        return ""
    title = html.escape(ledgers()[known["ledger"].iloc[0]].title)
    age = words.age(timedelta(days=float(known["age_days"].iloc[0])))
    behind = int(known["is_behind"].sum())
    stale = f'<span class="mark stale">▲ 可能过期：{behind} 类台账</span>' if behind else ""
    return f"<span>最旧：{title}，{age}</span>{stale}"


def _reach(known: pd.DataFrame, street: Snapshot) -> datetime:
    """The latest event of any ledger: what the data reaches up to."""
    newest = known["newest_at"].dropna()
    return street.built_at if newest.empty else min(newest.max().to_pydatetime(), street.as_at)
