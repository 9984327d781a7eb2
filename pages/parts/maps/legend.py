"""The legend on a map, small and complete: measure, unit, classes, denominator, what is grey."""

import html
from collections.abc import Collection

import streamlit as st

from pages.parts import labels
from pages.parts.maps import colours
from pages.parts.maps.scale import MISSING, SMALL, Scale

HOUSE_RULE = "内部使用"


def show(scale: Scale, drawn: Collection[int], note: str = "") -> None:
    """The legend of a map on which the classes `drawn` occur."""
    st.html(face(scale, drawn, note))


def face(scale: Scale, drawn: Collection[int], note: str = "") -> str:
    """The same as HTML."""
    word = scale.word
    unit = f"（{html.escape(word.unit)}）" if word.unit not in ("", "%") else ""
    title = f"{html.escape(word.label)}{'之差' if scale.is_difference else ''}{unit}"
    steps = "".join(
        f'<li><i style="background:{colours.written(colour)}"></i>{html.escape(said)}</li>'
        for colour, said in zip(scale.colours, scale.said, strict=True)
        if said
    )
    others = [
        f'<li><i class="{kind}"></i>{said}</li>'
        for number, kind, said in ((SMALL, "hatched", "样本不足"), (MISSING, "missing", "未上报"))
        if number in drawn
    ]
    base = note or base_of(scale)
    told = f"<p>{html.escape(base)}</p>" if base else ""
    return f'<aside class="legend"><h4>{title}</h4><ul>{steps}{"".join(others)}</ul>{told}</aside>'


def base_of(scale: Scale) -> str:
    """What the measure is divided by; that it is not divided by anything, where it is not."""
    word = scale.word
    if word.denominator:
        return f"分母：{labels.label(word.denominator)}"
    return f"{word.unit}数，未按规模折算" if word.unit in ("件", "次", "人", "家", "户", "个") else ""


def stamp() -> None:
    """Whom the map is for."""
    st.html(f'<p class="stamp">{HOUSE_RULE}</p>')
