"""What the street already knows while files come in: its grids, communities, firms and outline."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from data.cleaning.text import DASHES, INVISIBLE
from data.cleaning.values import Fault


@dataclass(frozen=True)
class Grid:
    """One grid of the street: its code as the office writes it, name, community and outline (WGS-84)."""

    grid_code: str
    grid_name: str = ""
    community: str = ""
    polygon: str = ""


@dataclass
class Known:
    """Grids and firms that facts may refer to; grows while the files of one load are taken in."""

    grids: dict[str, Grid] = field(default_factory=dict)
    community_codes: dict[str, str] = field(default_factory=dict)
    _firms: dict[str, set[str]] = field(default_factory=dict)
    _numbers: dict[str, str] = field(default_factory=dict)
    _by_name: dict[str, set[str]] = field(default_factory=dict)
    _communities: dict[str, str] = field(default_factory=dict)

    def learn_grids(self, grids: Iterable[Grid]) -> None:
        """Adds grids, or completes known ones; a blank never erases what is known."""
        for grid in grids:
            code = folded(grid.grid_code)
            old = self.grids.get(code, Grid(grid.grid_code))
            now = Grid(
                old.grid_code,
                grid.grid_name or old.grid_name,
                grid.community or old.community,
                grid.polygon or old.polygon,
            )
            self.grids[code] = now
            told = {now.grid_name, f"{now.community}{now.grid_name}", f"{now.community}-{now.grid_name}"}
            for name in told - {"", now.community, f"{now.community}-"}:
                self._by_name.setdefault(folded(name), set()).add(code)
            if now.community:
                self._communities[folded(now.community)] = now.community
        self.__dict__.pop("outline", None)

    def learn_community_codes(self, codes: Iterable[tuple[str, str]]) -> None:
        """Adds (community code, community) pairs, so that a file may give the code for the name."""
        for code, community in codes:
            self._communities[folded(code)] = community

    def learn_firms(self, firms: Iterable[tuple[str, str, str, str]]) -> None:
        """Adds firms as (record key, number, credit code, name): any of the three may name the record."""
        for record_key, number, *others in firms:
            if number:
                self._numbers[record_key] = folded(number)
            for name in (number, *others):
                if name:
                    self._firms.setdefault(folded(name), set()).add(record_key)

    def firm(self, number: str = "", uscc: str = "", name: str = "") -> str | None:
        """The record key of the one firm that a row's number, credit code or name mean, or None.

        A number that is not known is no firm's, even beside a known name, unless that firm has no number yet.
        """
        by_name = self._only(name)
        if number and by_name in self._numbers:
            by_name = None
        return self._only(number) or self._only(uscc) or by_name

    def firm_key(self, number: str, uscc: str) -> str:
        """The record key of an enterprise by its number, else its credit code, unless it has one already."""
        by_uscc = self._only(uscc)
        if not number:
            return by_uscc or uscc
        is_new_number = by_uscc is not None and by_uscc not in self._numbers
        return self._only(number) or (by_uscc if is_new_number and by_uscc else number)

    def _only(self, text: str) -> str | None:
        found = self._firms.get(folded(text), set()) if text else set()
        return next(iter(found)) if len(found) == 1 else None

    def spelling(self, code: str) -> str:
        """A grid's code as the street already writes it; another spelling would part it from its facts."""
        known = self.grids.get(folded(code))
        return known.grid_code if known else code

    def community(self, text: str) -> str | None:
        """The community's own name for a name or code as a file writes it, or None."""
        plain = folded(text)
        return self._communities.get(plain) or self._communities.get(f"{plain}社区")

    def place(self, code: str, name: str, community: str) -> tuple[Grid | None, str | None] | Fault | None:
        """The grid and community that a row's cells name.

        Returns None where the row names neither, a Fault (unknown_grid, unknown_community,
        grid_community_mismatch, ambiguous_column where code and name are two grids) where they are wrong.
        """
        said = self.community(community) if community else None
        if community and said is None:
            return Fault("unknown_community")
        found = [self._grid(text, said) for text in (code, name) if text]
        if not found:
            return (None, said) if said else None
        if found[0] is None:
            return Fault("unknown_grid")
        if len({grid.grid_code for grid in found if grid}) > 1:
            return Fault("ambiguous_column")
        grid = found[0]
        if said and grid.community and grid.community != said:
            return Fault("grid_community_mismatch")
        return grid, grid.community or said

    def meant(self, text: str) -> str:
        """The code of the grid that a code or name means by itself, or the text as it is compared."""
        grid = self._grid(text, None)
        return folded(grid.grid_code if grid else text)

    def _grid(self, text: str, community: str | None) -> Grid | None:
        plain = folded(text)
        if plain in self.grids:
            return self.grids[plain]
        named = self._by_name.get(plain, set())
        if community:
            inside = {code for code in named if self.grids[code].community == community}
            named = inside or named
        return self.grids[next(iter(named))] if len(named) == 1 else None

    @cached_property
    def outline(self) -> BaseGeometry | None:
        """The street's outline in WGS-84: the union of all known polygons, or None where none is known."""
        polygons = [
            shapely.make_valid(shapely.from_geojson(g.polygon)) for g in self.grids.values() if g.polygon
        ]
        return shapely.union_all(polygons) if polygons else None


def folded(text: str) -> str:
    """A name or code as it is compared: NFKC, upper case, no spaces, one kind of dash, no joining marks."""
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).upper().translate(DASHES)
    return "".join(character for character in plain if not character.isspace() and character not in "/·,+")
