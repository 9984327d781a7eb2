"""One invented street for all tests of the demonstration: the full one in memory, a small one on disk."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data import demo
from data.demo import firms, places
from data.demo.hazards import Findings, Hazards
from data.demo.patrols import Patrols, Visits
from data.demo.rhythm import Rhythm
from data.demo.street import Street, street

UNTIL = date(2026, 11, 22)


@dataclass(frozen=True)
class Years:
    """Three years of the street at its usual size: visits and hazards month by month."""

    street: Street
    rhythm: Rhythm
    visits: list[Visits]
    hazards: list[Hazards]

    def of_visits(self, name: str) -> np.ndarray:
        """One column of all visits."""
        return np.concatenate([getattr(month, name) for month in self.visits])

    def of_cases(self, name: str) -> np.ndarray:
        """One column of what is known of all hazards when they are reported."""
        return np.concatenate([getattr(month.cases, name) for month in self.hazards])

    def of_lives(self, name: str) -> np.ndarray:
        """One column of what became of all hazards."""
        return np.concatenate([getattr(month.lives, name) for month in self.hazards])


@pytest.fixture(scope="session")
def three_years() -> Years:
    here = street()
    rhythm = Rhythm(date(2023, 11, 23), UNTIL)
    everyone = firms.found(here, 1.0)
    spots = places.settle(here, everyone, 1.0)
    patrols = Patrols(here, spots, rhythm, 1.0)
    findings = Findings(here, spots, patrols, rhythm, 1.0)
    visits = [patrols.month(*month) for month in rhythm.months]
    hazards = [findings.month(*month, seen) for month, seen in zip(rhythm.months, visits, strict=True)]
    return Years(here, rhythm, visits, hazards)


@pytest.fixture(scope="session")
def small_street(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The ledgers of a street a twentieth of the usual size, in load order."""
    return demo.write(tmp_path_factory.mktemp("demo"), UNTIL, scale=0.05)
