"""What a page says, as a reader would see it, out of the elements it drew."""

import html
import re

from streamlit.testing.v1 import AppTest

TAG = re.compile(r"<[^>]*>")


def text_of(app: AppTest) -> str:
    """All text of the page and the frame, tags taken out."""
    drawn = [element.proto.body for element in app.get("html")]
    drawn += [
        element.value for kind in ("title", "subheader", "markdown", "caption") for element in app.get(kind)
    ]
    drawn += [
        str(element.value) for kind in ("warning", "error", "success", "info") for element in app.get(kind)
    ]
    return " ".join(html.unescape(TAG.sub(" ", part)) for part in drawn if not part.startswith("<style>"))


def is_calm(app: AppTest) -> bool:
    """Whether nothing went wrong on the page, neither loudly nor behind a calm sentence."""
    return not app.exception and not app.error and "暂时显示不了" not in text_of(app)
