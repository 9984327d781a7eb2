"""Charts as plain plotly specs: built in no time, in the theme's colours, their days written in Chinese.

Every chart takes the measure's `Word` from the glossary, so that a measure has the same words and unit
everywhere, and says itself in a sentence for a screen reader.
"""

from pages.parts.charts.bars import bars, stacked
from pages.parts.charts.funnel import Limits, funnel
from pages.parts.charts.heat import calendar, heat
from pages.parts.charts.lines import Series, days_line, lines
from pages.parts.charts.steps import steps

__all__ = [
    "Limits",
    "Series",
    "bars",
    "calendar",
    "days_line",
    "funnel",
    "heat",
    "lines",
    "stacked",
    "steps",
]
