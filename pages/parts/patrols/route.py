"""One community's patrols of one day on the map, stop by stop."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.parts import exhibit, notices, proof, tables, words
from pages.parts.ask import ask
from pages.parts.maps import land
from pages.parts.maps.route import Stop, way
from queries import Scope, patrols

CHOICE, STOPS, REACHED = "route", "route_stops", "route_reached"
WORTH_WALKING = 4
VISIT = [
    "visit_no",
    "patrolled_at",
    "grid_name",
    "place",
    "kind",
    "stay_minutes",
    "contact_count",
    "finding_count",
    "lon",
    "lat",
]
NO_PLACE = "未写对象"


def show(scope: Scope) -> None:
    """The choice of day and community, the map of its stops, and a slider to walk the way again."""
    rounds = ask(patrols.rounds, scope)
    chosen = _chosen(rounds)
    values = {"day": chosen.partition(" ")[0], "community": chosen.partition(" ")[2]} if chosen else {}
    rows = proof.placed(ask(patrols.route, scope, **values))
    placed = rows[rows["lon"].notna() & rows["lat"].notna()]
    missing = f"其中 {len(rows) - len(placed)} 站没有坐标，不画。" if len(placed) < len(rows) else ""
    exhibit.show(
        "路线回放",
        placed,
        VISIT,
        "route",
        lambda told: _replay(told, rows),
        patrols.route,
        values,
        empty="这一天没有带坐标的巡查。" if len(rows) else "这段时间没有巡查。",
        note=f"{chosen}，{len(rows)} 站，按到场先后连线，不是走过的路。{missing}" if chosen else "",
    )


def _chosen(rounds: pd.DataFrame) -> str:
    """A day and a community, newest first; at first the newest with a few stops. Empty without a round."""
    days = rounds.groupby(["patrolled_on", "community"], sort=False)["visit_count"].sum()
    options = [f"{day:%Y-%m-%d} {community}" for day, community in days.index]
    chosen = st.selectbox(
        "哪一天哪个社区",
        options,
        index=int((days >= WORTH_WALKING).to_numpy().argmax()) if options else None,
        key=CHOICE,
        bind="query-params",
        placeholder="没有可回放的车次",
        width=320,
        disabled=not options,
    )
    return chosen or ""


@st.fragment
@notices.calmly
def _walk() -> None:
    """Moving the slider draws the map again and nothing else."""
    stops = [_stop(row) for row in st.session_state[STOPS].to_dict("records")]
    numbers = [stop.number for stop in stops]
    reached = len(stops)
    if reached > 1:
        # stops without coordinates are left out, so the numbers may have gaps
        at = st.select_slider("走到第几站", numbers, numbers[-1], key=REACHED)
        reached = numbers.index(at) + 1
    last = stops[reached - 1]
    notices.quiet(f"{last.title}：{last.said}")
    way(
        land.here(),
        stops,
        reached,
        "route_map",
        alt=f"路线图，{len(stops)} 站：" + "，".join(stop.title for stop in stops),
    )


def _replay(placed: pd.DataFrame, rows: pd.DataFrame) -> None:
    """The map beside the list of all stops, those without coordinates too."""
    st.session_state[STOPS] = placed
    if st.session_state.get(REACHED) not in {None, *placed["visit_no"].astype(str)}:
        del st.session_state[REACHED]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _walk()
    with right:
        tables.short(
            rows.assign(place=rows["place"].fillna(NO_PLACE)),
            ["visit_no", ("place", "grid_name"), "patrolled_at", ("stay_minutes", "finding_count")],
            "",
            "这一天的各站",
        )


def _stop(row: dict[Any, Any]) -> Stop:
    at = row["patrolled_at"].to_pydatetime()
    place = NO_PLACE if words.is_missing(row["place"]) else str(row["place"])
    stay = "" if words.is_missing(row["stay_minutes"]) else f"，停留 {row['stay_minutes']:.0f} 分钟"
    found = "" if words.is_missing(row["finding_count"]) else f"，发现 {row['finding_count']:.0f} 处"
    clock = f" {at:%H:%M}" if at.hour or at.minute else ""
    return Stop(
        number=str(row["visit_no"]),
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        title=f"第 {row['visit_no']} 站{clock}",
        said=f"{place}（{row['kind'] if not words.is_missing(row['kind']) else '未写方式'}）{stay}{found}",
    )
