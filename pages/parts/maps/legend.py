"""The legend on a map, small and complete: measure, unit, classes, denominator, what is grey."""

import html
from collections.abc import Collection, Sequence

import streamlit as st

from data.glossary import Word
from pages.parts import labels
from pages.parts.maps import colours
from pages.parts.maps.colours import Colour
from pages.parts.maps.scale import MISSING, SMALL, Scale

Entry = tuple[str, str]

HOUSE_RULE = "内部使用"
# What a bare count is counted in.
COUNTED = ("件", "次", "人", "家", "户", "个", "分钟")


def show(title: str, entries: Sequence[Entry], note: str) -> None:
    """The legend: a swatch, as a style, and what it stands for; and whom the map is for."""
    drawn = "".join(f'<li><i style="{style}"></i>{html.escape(said)}</li>' for style, said in entries)
    told = f"<p>{html.escape(note)}</p>" if note else ""
    st.html(f'<aside class="legend"><h4>{html.escape(title)}</h4><ul>{drawn}</ul>{told}</aside>')
    st.html(f'<p class="stamp">{HOUSE_RULE}</p>')


def of_scale(scale: Scale, drawn: Collection[int]) -> tuple[str, list[Entry], str]:
    """The legend of a map coloured by a scale, on which these classes occur."""
    classes = zip(scale.colours, scale.said, strict=True)
    has_values = any(digit < MISSING for digit in drawn)
    entries = [(filled(colour), said) for colour, said in classes if has_values]
    entries += [("", "样本不足")] * (SMALL in drawn)
    entries += [(filled(colours.missing()), "未上报")] * (MISSING in drawn)
    unit = "百分点" if scale.is_difference and scale.word.unit == "%" else scale.word.unit
    shown = f"（{unit}）" if unit not in ("", "%") else ""
    return f"{scale.word.label}{'之差' if scale.is_difference else ''}{shown}", entries, base_of(scale)


def base_of(scale: Scale) -> str:
    """What the measure is divided by; that it is a bare count, where it is not."""
    word = scale.word
    if is_bare(word):
        return f"{word.unit}数，未按规模折算"
    return f"分母：{labels.label(word.denominator)}" if word.denominator else ""


def is_bare(word: Word) -> bool:
    """Whether a measure is a count that nothing is set against: larger grids simply have more."""
    return word.unit in COUNTED


def filled(colour: Colour) -> str:
    """A swatch of one colour."""
    return f"background:{colours.written(colour)}"


def flowing(ramp: Sequence[Colour]) -> str:
    """A swatch that runs through colours."""
    return f"width:6rem;background:linear-gradient(90deg,{','.join(map(colours.written, ramp))})"
