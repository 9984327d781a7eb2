"""Playing a map through time: a button, a slider under a histogram, and frames that were worked out before.

A frame sends a digit a grid: the browser keeps polygons and everything else on the map.
"""

import html
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

SECONDS = 1.0
FRAME, STARTED, PLAYING = "frame", "playback_started", "playback_runs"
LEAVING = "playback_leaves"


@dataclass(frozen=True)
class Film:
    """The frames in order: what names each in the link, what it is called, and how tall its bar stands."""

    names: tuple[str, ...]
    said: tuple[str, ...]
    totals: tuple[float | None, ...]
    total_said: tuple[str, ...]


def show(film: Film, draw: Callable[[int], None]) -> None:
    """The player, and the frame it is at, drawn by `draw`; only this part runs again from frame to frame."""
    is_playing = bool(st.session_state.get(PLAYING))

    def player() -> None:
        at = _at(film, is_playing)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="playback"):
            label = "⏸ 暂停" if is_playing else "▶ 播放"
            st.button(label, key="playback_toggle", on_click=_toggle, args=(film.names, at), width=96)
            with st.container(gap=None, key="playback_track"):
                st.html(histogram(film, at))
                st.select_slider(
                    "时间",
                    film.names,
                    format_func=dict(zip(film.names, film.said, strict=True)).__getitem__,
                    key=FRAME,
                    label_visibility="collapsed",
                    on_change=_stop,
                )
        draw(at)
        if st.session_state.pop(LEAVING, False) or bool(st.session_state.get(PLAYING)) != is_playing:
            st.rerun()

    st.fragment(player, run_every=SECONDS if is_playing else None)()


def apply_everywhere() -> None:
    """After this run of the player the whole page follows: what was clicked concerns all of it."""
    st.session_state[LEAVING] = True


def leave() -> None:
    """Stop, and take the frame out of the link: for pages that show no player now."""
    _stop()
    st.query_params.pop(FRAME, None)


def histogram(film: Film, at: int) -> str:
    """A bar a frame, the one on show in the accent; as HTML."""
    most = max((total for total in film.totals if total is not None), default=0) or 1
    heights = [max((total or 0) / most * 100, 2) for total in film.totals]
    bars = "".join(
        f'<i class="{"now" if nth == at else ""}" style="height:{height:.0f}%"></i>'
        for nth, height in enumerate(heights)
    )
    told = f"{film.said[at]}　{film.total_said[at]}"
    return f'<p class="frame-said">{html.escape(told)}</p><div class="frames" aria-hidden="true">{bars}</div>'


def _at(film: Film, is_playing: bool) -> int:
    """The frame to show: where the slider stands, or as far as the clock has come since playing began."""
    asked = st.session_state.get(FRAME) or st.query_params.get(FRAME)
    at = film.names.index(asked) if asked in film.names else len(film.names) - 1
    if is_playing:
        begun, first = st.session_state[STARTED]
        at = min(first + int((time.monotonic() - begun) / SECONDS), len(film.names) - 1)
        if at == len(film.names) - 1:
            _stop()
    st.session_state[FRAME] = film.names[at]
    st.query_params[FRAME] = film.names[at]
    return at


def _toggle(names: Sequence[str], at: int) -> None:
    """Play from where the slider stands, from the beginning where it stands at the end; or pause."""
    st.session_state[PLAYING] = not st.session_state.get(PLAYING)
    st.session_state[STARTED] = (time.monotonic(), 0 if at == len(names) - 1 else at)


def _stop() -> None:
    st.session_state[PLAYING] = False
