"""Reads a foreign file by its template: shapes each block into the columns of the template's ledgers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from data import coordinates
from data.files import OpenedFile, Sheet
from data.intake.changes import banded, changed, kept, refuse_missing
from data.intake.header import SEARCHED_ROWS, Header, normalised
from data.intake.known import Known
from data.template import Output, Template


@dataclass(frozen=True)
class Shaping:
    """An output of a template, bound to where the sheet at hand has its headings."""

    template: Template
    output: Output
    known: Known
    at: dict[str, int]
    last_row: int

    def header(self) -> Header:
        """The ledger's header as the shaped blocks have it: one column a field."""
        names = self._names()
        headings = tuple(self.output.columns.get(name, name) for name in names)
        return Header(
            self.output.ledger, self.last_row, {name: (i,) for i, name in enumerate(names)}, headings
        )

    def shaped(self, block: pa.Table) -> pa.Table:
        """The block's kept rows with the ledger's fields as c0, c1, ..., in our own spelling."""
        block = block.filter(pa.array(block["row"].to_numpy() > self.last_row))
        for condition in self.output.where:
            block = block.filter(pa.array(kept(block, condition, self.at[condition.heading])))
        columns = [self._column(block, name) for name in self._names()]
        return pa.table(
            {"row": block["row"], **{f"c{index}": column for index, column in enumerate(columns)}}
        )

    def _names(self) -> list[str]:
        names = [
            *self.output.columns,
            *(name for name in self.output.constants if name not in self.output.columns),
        ]
        return (
            [*names, "grid_code"] if self.output.has_grid_from_points and "grid_code" not in names else names
        )

    def _column(self, block: pa.Table, name: str) -> pa.ChunkedArray:
        output = self.output
        if name not in output.columns:
            if name == "grid_code" and output.has_grid_from_points:
                return self._grids(block)
            return pa.chunked_array([pa.array([output.constants[name]] * block.num_rows, pa.string())])
        column = block[f"c{self.at[output.columns[name]]}"]
        if output.ledger.field(name).type in {"moment", "day"}:
            return changed(column, partial(self.template.moment_text, shift_days=output.shift_days))
        if name in output.bands:
            return changed(column, banded(output.bands[name]))
        if name in output.values:
            replaced = output.values[name]
            return changed(column, lambda text: replaced.get(text.strip(), output.constants.get(name, text)))
        return column

    def _grids(self, block: pa.Table) -> pa.ChunkedArray:
        """The grid whose polygon holds each row's point, as text; blank where none does."""
        lon, lat = (
            pc.cast(pc.if_else(pc.match_substring_regex(text, r"^-?\d+(\.\d+)?$"), text, None), pa.float64())
            for text in (
                pc.utf8_trim_whitespace(block[f"c{self.at[self.output.columns[name]]}"])
                for name in ("lon", "lat")
            )
        )
        x, y = (pc.fill_null(column, float("nan")).to_numpy() for column in (lon, lat))
        x, y = coordinates.to_wgs84(x, y, self.template.system or "WGS-84")
        grids = [grid for grid in self.known.grids.values() if grid.polygon]
        found = np.full(len(x), "", dtype=object)
        if grids:
            tree = shapely.STRtree([shapely.make_valid(shapely.from_geojson(grid.polygon)) for grid in grids])
            there = np.flatnonzero(~(np.isnan(x) | np.isnan(y)))
            points, polygons = tree.query(shapely.points(x[there], y[there]), predicate="intersects")
            codes = np.array([grid.grid_code for grid in grids], dtype=object)
            found[there[points[::-1]]] = codes[polygons[::-1]]
        return pa.chunked_array([pa.array(found.tolist(), pa.string())])


def shapings(opened: OpenedFile, template: Template, known: Known) -> Iterator[tuple[Sheet, Shaping]]:
    """Every sheet that has the template's headings, with each of its outputs bound to it.

    Raises FileRefused("missing_required_column") where no sheet has them all.
    """
    needed = sorted(set().union(*(output.headings for output in template.outputs)))
    nearest: list[str] = needed
    found = False
    for sheet in opened.sheets:
        at, last_row = _places(sheet, needed)
        missing = [heading for heading in needed if heading not in at]
        if missing:
            nearest = min(nearest, missing, key=len)
            continue
        found = True
        for output in template.outputs:
            yield sheet, Shaping(template, output, known, at, last_row)
    if not found:
        raise refuse_missing(nearest, template)


def _places(sheet: Sheet, needed: list[str]) -> tuple[dict[str, int], int]:
    best: dict[str, int] = {}
    last_row = 0
    plain = {_plain(heading): heading for heading in needed}
    for row in sheet.head:
        if row.row > SEARCHED_ROWS:
            break
        at: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            heading = plain.get(_plain(cell))
            if heading is not None:
                at.setdefault(heading, index)
        if len(at) > len(best):
            best, last_row = at, row.row
    return best, last_row


def _plain(heading: str) -> str:
    return normalised(heading) or heading.strip().casefold()
