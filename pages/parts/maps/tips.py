"""What a map says of the place under the pointer.

The template is fixed and holds no data. A grid's name comes with its polygon, escaped; its value comes as a
text of the style sheet, found by the grid's number: new values then travel without their polygons, and a
style sheet's text can never be HTML.
"""

from collections.abc import Sequence

import streamlit as st

GRID = '<div class="tip"><b>{name}</b><span style="--said:var(--g{n})"></span></div>'
CELL = '<div class="tip"><b>{t}</b><i>{s}</i></div>'

_ESCAPED = str.maketrans({"\\": "\\5c ", '"': "\\22 ", "<": "\\3c ", "\n": "\\a ", "\r": "", "\0": ""})


def give(key: str, said: Sequence[str]) -> None:
    """What the map of this key says of each grid, in the grids' order."""
    st.html(f"<style>{sheet(key, said)}</style>")


def sheet(key: str, said: Sequence[str]) -> str:
    """The same as a style sheet."""
    told = "".join(f'--g{number}:"{text.translate(_ESCAPED)}";' for number, text in enumerate(said))
    return f".st-key-{key}{{{told}}}"
