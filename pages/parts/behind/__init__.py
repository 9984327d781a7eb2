"""Which rows stand behind each figure of a page's head, for the drawer 一数一证."""

from pages.parts.behind import firms, hazards, overview, patrols, reports
from pages.parts.behind.rows import Behind

__all__ = ["Behind", "of"]

TOPICS = (overview, hazards, patrols, reports, firms)


def of(measure: str) -> tuple[Behind, ...]:
    """The rows behind a measure, part by part; none where its drawer shows the definition alone."""
    return next((topic.ROWS[measure] for topic in TOPICS if measure in topic.ROWS), ())
