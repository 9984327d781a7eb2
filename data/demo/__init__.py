"""演示数据: the ledgers of an invented street, written as an office would hand them in.

Nothing in it is real: 清禾街道 lies in the middle of a lake, its county code is not in use, its people, firms,
identity numbers and telephone numbers are made up. The same last day, years and scale give the same bytes.
"""

from datetime import date, timedelta
from pathlib import Path

from data.demo import census, firms, places, streams
from data.demo.hazards import Findings, ledger
from data.demo.office_files import Layout, write_workbook
from data.demo.patrols import Patrols
from data.demo.rhythm import Rhythm
from data.demo.street import STREET_NAME, street

__all__ = ["write"]


def write(folder: Path, until: date, years: int = 3, scale: float = 1.0) -> list[Path]:
    """Write the ledgers into the folder; the paths, in the order in which they must be loaded.

    `until` is the last day of data. `scale` multiplies what happens (visits, hazards, reports); the number of
    firms, shops and workers grows with its square root above 1. The street's 80 grids stay the same.
    """
    folder.mkdir(parents=True, exist_ok=True)
    here = street()
    rhythm = Rhythm(_years_before(until, years) + timedelta(days=1), until)
    growth = scale if scale < 1 else scale**0.5
    all_firms = firms.found(here, growth)
    census.write_orientation(folder / "底图.geojson", here)
    paths = [
        write_workbook(
            folder / "网格信息.xlsx",
            census.grid_ledger(here, all_firms, rhythm),
            Layout(
                f"{STREET_NAME}网格信息一览表",
                sheet="网格",
                subtotals_by="社区",
                total_of=("户数", "常住人口", "流动人口", "企业数", "沿街商铺数"),
                heading_notes={"网格编码": "网格编码*", "面积": "面积（平方米）", "户数": "户数\n（户）"},
            ),
            until,
        ),
        census.write_polygons(folder / "网格边界.geojson"),
        write_workbook(
            folder / "企业台账.xlsx",
            firms.enterprise_ledger(here, all_firms, until),
            Layout(f"{STREET_NAME}企业台账", sheet="企业", total_of=("职工人数",)),
            until,
        ),
        write_workbook(
            folder / "商户台账.xlsx",
            firms.shop_ledger(here, all_firms, until),
            Layout(f"{STREET_NAME}沿街商户台账", sheet="商户"),
            until,
        ),
    ]
    spots = places.settle(here, all_firms, growth)
    patrols = Patrols(here, spots, rhythm, scale)
    findings = Findings(here, spots, patrols, rhythm, scale)
    patrol_stream = streams.Stream(streams.patrol_writer(folder))
    hazard_stream = streams.Stream(streams.hazard_writer(folder, until))
    for year, month in rhythm.months:
        visits = patrols.month(year, month)
        hazards = findings.month(year, month, visits)
        paths += patrol_stream.take(year, patrols.ledger(visits))
        paths += hazard_stream.take(year, ledger(hazards, here, spots))
    paths += patrol_stream.end()
    paths += hazard_stream.end()
    return paths


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
