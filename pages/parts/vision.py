"""How a page looks to those who see colours differently, and on a black and white printer.

The reader's own browser filters what it shows, charts and maps alike; nobody is asked anything.
"""

from urllib.parse import quote

import streamlit as st

KEY, PLAIN = "vision", "原色"
MAIN, DIALOG = '[data-testid="stMain"]', '[data-testid="stDialog"]'
Matrix = tuple[tuple[float, float, float], ...]

# What light becomes: Machado, Oliveira and Fernandes 2009, at full severity; the luminance for print.
LUMINANCE = (0.2126, 0.7152, 0.0722)
MATRICES: dict[str, Matrix] = {
    "红色盲": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "绿色盲": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "蓝色盲": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "黑白打印": (LUMINANCE, LUMINANCE, LUMINANCE),
}


def switch() -> None:
    """The choice, kept in the link, and the main area and what opens above it seen that way."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="vision_bar"):
        st.html('<p class="quiet">换一双眼睛看</p>', width="content")
        seen = st.segmented_control(
            "换一双眼睛看",
            [PLAIN, *MATRICES],
            default=PLAIN,
            required=True,
            key=KEY,
            bind="query-params",
            label_visibility="collapsed",
        )
    if seen in MATRICES:
        st.html(f"<style>{sheet(str(seen))}</style>")


def sheet(seen: str) -> str:
    """The style sheet that shows the main area, its ground included, as it is seen with these eyes.

    A dialog or drawer hangs outside the main area and is filtered for itself.
    """
    look = f'filter:url("{_filter(MATRICES[seen])}")'
    return f"{MAIN}{{background:var(--ground)}}{MAIN},{DIALOG}{{{look}}}"


def _filter(matrix: Matrix) -> str:
    """An SVG filter as an address that holds it; browsers work it out on linear light, as the authors did."""
    rows = " ".join(" ".join(f"{part:g}" for part in (*row, 0, 0)) for row in matrix)
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg"><filter id="seen" x="0" y="0" width="100%" height="100%" '
        f'color-interpolation-filters="linearRGB"><feColorMatrix values="{rows} 0 0 0 1 0"/></filter></svg>'
    )
    return f"data:image/svg+xml,{quote(drawn)}#seen"
