"""What a page says, as a reader would see it, out of the elements it drew."""

import html
import re
from typing import Any

from streamlit.testing.v1 import AppTest

WORDED = ("title", "subheader", "markdown", "caption", "warning", "error", "success", "info")
TAG = re.compile(r"<[^>]*>")


def text_of(app: AppTest) -> str:
    """All text of the page and the frame, tags taken out."""
    drawn = [element.proto.body for element in _elements(app, "html")]
    drawn += [str(element.value) for kind in WORDED for element in _elements(app, kind)]
    return " ".join(html.unescape(TAG.sub(" ", part)) for part in drawn if not part.startswith("<style>"))


def is_calm(app: AppTest) -> bool:
    """Whether nothing went wrong on the page, neither loudly nor behind a calm sentence."""
    return not app.exception and not app.error and "暂时显示不了" not in text_of(app)


def _elements(app: AppTest, kind: str) -> list[Any]:
    return list(app.get(kind))
