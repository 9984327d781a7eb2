"""The rows behind one part of a figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pages.parts.ask import Question


@dataclass(frozen=True)
class Behind:
    """What the part is called, who asks for its rows with which values, and the columns shown.

    `only` keeps the rows whose first-named column holds the second.
    """

    part: str
    question: Question
    columns: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    only: tuple[str, str] | None = None
