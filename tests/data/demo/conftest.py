"""One invented street for all tests of the demonstration: the full one in memory, a small one on disk."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from data import demo
from data.colouring.evaluating import Evaluated
from data.colouring.material import FAR
from data.demo import firms, places, planted_hazards, ratings
from data.demo.desk import Desk
from data.demo.firm_files import FirmFiles
from data.demo.firms import Firms
from data.demo.hazards import Findings, Hazards
from data.demo.patrols import Patrols, Visits
from data.demo.places import Places
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, number
from data.demo.street import Street, street
from data.demo.tenure import tenure
from data.rule_shelf import shipped

UNTIL = date(2026, 11, 22)


@dataclass(frozen=True)
class Years:
    """Some years of the street: visits and hazards month by month."""

    street: Street
    firms: Firms
    places: Places
    planted: Planted
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


def lived(until: date, days: int, scale: float) -> Years:
    """The street as it lived up to a day, without a file."""
    here, rhythm = street(), Rhythm(until - timedelta(days=days - 1), until)
    everyone = firms.found(here, scale)
    planted = Planted(everyone, number(until))
    spots = places.settle(here, everyone, scale)
    spots = spots.closed(tenure(everyone, planted).shut_from, planted.is_planted)
    patrols = Patrols(here, spots, rhythm, scale)
    findings = Findings(here, spots, patrols, rhythm, scale)
    visits = [patrols.month(*month) for month in rhythm.months]
    hazards = [
        planted_hazards.added(findings.month(*month, seen), *month, planted, spots)
        for month, seen in zip(rhythm.months, visits, strict=True)
    ]
    return Years(here, everyone, spots, planted, rhythm, visits, hazards)


def firm_files(years: Years, folder: Path) -> FirmFiles:
    """What writes the ledgers of the firms of such a street."""
    return FirmFiles(
        years.street,
        years.firms,
        years.places,
        years.rhythm,
        Desk(folder, years.rhythm.last),
        years.planted,
        tenure(years.firms, years.planted),
        years.hazards,
        np.full(years.firms.size, FAR),
    )


def coloured(files: FirmFiles, kind: str) -> tuple[np.ndarray, Evaluated]:
    """Who is rated as this kind, and the colours that follow from all ledgers."""
    which = files.rated(kind)
    return which, ratings.coloured(files.told, shipped(kind), which, number(files.rhythm.last))


@pytest.fixture(scope="session")
def three_years() -> Years:
    return lived(UNTIL, 1_096, 1.0)


@pytest.fixture(scope="session")
def small_street(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The ledgers of a street a twentieth of the usual size, in load order."""
    return demo.write(tmp_path_factory.mktemp("demo"), UNTIL, scale=0.05)
