"""演示数据: the ledgers of an invented street, written as an office would hand them in.

Nothing in it is real: 清禾街道 lies in the middle of a lake, its county code is not in use, its people,
firms, identity numbers and telephone numbers are made up. The same last day, years and scale give the same
bytes.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from data.demo import census, danger_sources, firms, places, registers
from data.demo.desk import Desk
from data.demo.facts import Facts
from data.demo.firms import Firms
from data.demo.office_files import WGS84, Layout
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm, number
from data.demo.street import STREET_NAME, Street, street
from data.demo.tenure import Tenure, tenure
from data.settings import EARLIEST_DAY
from data.trouble import Trouble

__all__ = ["write"]

# The calendar ends with 2031, and a season under way looks ahead into the next year.
LATEST_YEAR = 2030


def write(folder: Path, until: date, years: int = 3, scale: float = 1.0) -> list[Path]:
    """Write the ledgers into the folder; the paths, in the order in which they must be loaded.

    `until` is the last day of data. `scale` multiplies what happens (visits, hazards, reports); the number of
    firms, shops and workers grows with its square root above 1. The street's 80 grids stay the same.
    Beside them lies 底图.geojson, the orientation map: no ledger, so not among the paths.
    Raises Trouble where the calendar does not reach that far.
    """
    if years < 1 or not EARLIEST_DAY.year + years <= until.year <= LATEST_YEAR:
        raise Trouble(
            f"演示数据只能写到 {LATEST_YEAR} 年以内、至少一年，现在要的是到 {until} 的 {years} 年。"
        )
    folder.mkdir(parents=True, exist_ok=True)
    here, rhythm = street(), Rhythm(_years_before(until, years) + timedelta(days=1), until)
    growth = scale if scale < 1 else scale**0.5
    everyone = firms.found(here, growth)
    spots = places.settle(here, everyone, growth)
    planted = Planted(everyone, number(until))
    stands = tenure(everyone, planted)
    spots = spots.closed(stands.shut_from, planted.is_planted)
    desk = Desk(folder, until)
    census.write_orientation(folder / "底图.geojson", here)
    facts = Facts(here, everyone, spots, rhythm, scale, growth, desk, planted, stands)
    return [*_registers(desk, here, everyone, rhythm, planted, stands), *facts.write()]


def _registers(
    desk: Desk, here: Street, everyone: Firms, rhythm: Rhythm, planted: Planted, stands: Tenure
) -> Iterator[Path]:
    """Grids, their borders, enterprises and shops: what the facts refer to."""
    layout = Layout(
        f"{STREET_NAME}网格信息一览表",
        sheet="网格",
        subtotals_by="社区",
        total_of=("户数", "常住人口", "流动人口", "企业数", "沿街商铺数"),
        heading_notes={"网格编码": "网格编码*", "面积": "面积（平方米）", "户数": "户数\n（户）"},
    )
    yield from desk.book("网格信息", census.grid_ledger(here, everyone, rhythm), "", layout=layout)
    yield census.write_polygons(desk.folder / "网格边界.geojson", here)
    layout = Layout(
        f"{STREET_NAME}企业台账",
        sheet="企业",
        total_of=("职工人数",),
        heading_notes={"风险等级": "风险等级\n（红橙黄蓝）", **WGS84},
        hidden_words=("红", "橙", "黄", "蓝"),
    )
    dangers = danger_sources.profile(everyone, planted)
    companies = registers.enterprise_ledger(here, everyone, planted, dangers, desk.today)
    yield from desk.book("企业台账", companies, "", repeats=1, layout=layout)
    shops = registers.shop_ledger(here, everyone, stands, desk.today)
    layout = Layout(f"{STREET_NAME}沿街商户台账", sheet="商户", heading_notes=WGS84)
    yield from desk.book("商户台账", shops, "", repeats=1, layout=layout)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
