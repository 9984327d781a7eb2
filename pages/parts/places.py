"""What the grids are called: every label once, so that it can stand in a link and in a table alike."""

import pandas as pd

from data.warehouse import Snapshot
from pages.parts import freshness
from pages.parts.ask import ask
from queries import places


def grids(street: Snapshot) -> pd.DataFrame:
    """Every grid with its label. One row is one grid. Columns: grid_code, community, label"""
    known = ask(places.grids, freshness.whole(street))
    codes = known["grid_code"].astype(str)
    plain = (known["community"].fillna("") + " " + known["grid_name"].fillna(codes)).str.strip()
    known["label"] = plain.where(~plain.duplicated(keep=False), plain + "（" + codes + "）")
    return known[["grid_code", "community", "label"]]


def called(codes: pd.Series, street: Snapshot) -> pd.Series:
    """The labels of grid codes; a code the street does not know stays as it is."""
    names = grids(street).set_index("grid_code")["label"]
    return codes.map(names).fillna(codes)
