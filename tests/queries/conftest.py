"""Streets the tests of the questions share: built once, never changed."""

from dataclasses import dataclass

import pytest

from data.warehouse import Snapshot
from tests.builders import street_of
from tests.queries import colour_streets, grid_twins, streets
from tests.queries.colour_twins import Twin


@dataclass(frozen=True)
class Invented:
    """A snapshot and the rows it was built from."""

    street: Snapshot
    cases: list[streets.Row]
    visits: list[streets.Row]
    firms: list[streets.Row]
    ratings: list[streets.Row]


@dataclass(frozen=True)
class Coloured:
    """A snapshot whose colours follow from its ledgers, and its twin in plain Python."""

    street: Snapshot
    twin: Twin


@pytest.fixture(scope="session", params=[1, 2])
def coloured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Coloured:
    rows = colour_streets.tables(request.param)
    street = street_of(tmp_path_factory.mktemp("coloured"), at=colour_streets.BUILT_AT, **rows)
    return Coloured(street, Twin(street))


@pytest.fixture(scope="session", params=[1, 2, 3])
def invented(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Invented:
    seed: int = request.param
    cases, visits, firms = streets.cases(seed), streets.visits(seed), streets.firms(seed)
    ratings = streets.ratings(seed, firms)
    folder = tmp_path_factory.mktemp("street")
    street = street_of(folder, hazard=cases, patrol_log=visits, enterprise=firms, rating=ratings)
    return Invented(street, cases, visits, firms, ratings)


@pytest.fixture(scope="session", params=[1, 2])
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> grid_twins.Ground:
    rows = grid_twins.tables(request.param)
    street = street_of(tmp_path_factory.mktemp("ground"), at="2027-02-21 23:59", **rows)
    return grid_twins.Ground(street, *rows.values())
