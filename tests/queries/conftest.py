"""Streets the tests of the questions share: built once, never changed."""

from dataclasses import dataclass

import pytest

from data.warehouse import Snapshot
from tests.builders import street_of
from tests.queries import grid_twins, streets


@dataclass(frozen=True)
class Invented:
    """A snapshot and the rows it was built from."""

    street: Snapshot
    cases: list[streets.Row]
    visits: list[streets.Row]
    firms: list[streets.Row]
    ratings: list[streets.Row]


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
