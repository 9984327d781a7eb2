"""Writes the ledgers of what happens, in the order in which they must be loaded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.colouring.material import FAR
from data.demo import (
    flows,
    hazard_ledger,
    planted_hazards,
    points,
    reports,
    resumption,
    rooms,
    services,
    streams,
    suggestions,
    workers,
)
from data.demo.columns import DAY, Integers
from data.demo.desk import Desk
from data.demo.firm_files import FirmFiles
from data.demo.firms import Firms
from data.demo.hazards import Findings, Hazards
from data.demo.lifecycle import RIDER, SNAP
from data.demo.office_files import Layout
from data.demo.patrols import Patrols, Visits
from data.demo.places import Places
from data.demo.plants import Planted
from data.demo.reports import Reports
from data.demo.rhythm import Rhythm
from data.demo.street import Street
from data.demo.tenure import Tenure

# What counts as having called at somebody, as in data/views/patrols.sql.
LONG_VISIT_MINUTES = 5
AGENCY_COUNT = len(workers.AGENCIES)


@dataclass
class Facts:
    """One street over one period; what one ledger needs of another is kept on the way."""

    street: Street
    firms: Firms
    places: Places
    rhythm: Rhythm
    scale: float
    growth: float
    desk: Desk
    planted: Planted
    stands: Tenure
    hazards: list[Hazards] = field(default_factory=list)
    reports: list[Reports] = field(default_factory=list)

    @cached_property
    def called_first(self) -> Integers:
        """The first day on which a round called at each subject; FAR where none did."""
        return np.full(self.firms.size, FAR)

    def write(self) -> Iterator[Path]:
        """Write everything; yields each path as it is done."""
        yield from self._rounds()
        known = FirmFiles(
            self.street,
            self.firms,
            self.places,
            self.rhythm,
            self.desk,
            self.planted,
            self.stands,
            self.hazards,
            self.called_first,
        )
        yield from known.write()
        yield from self._people()
        yield from self._festivals()
        yield from self._voices()

    def _rounds(self) -> Iterator[Path]:
        patrols = Patrols(self.street, self.places, self.rhythm, self.scale)
        findings = Findings(self.street, self.places, patrols, self.rhythm, self.scale)
        walks = streams.Stream(streams.patrol_writer(self.desk.folder))
        cases = streams.Stream(streams.hazard_writer(self.desk.folder, self.rhythm.last))
        for year, month in self.rhythm.months:
            visits = patrols.month(year, month)
            hazards = findings.month(year, month, visits)
            hazards = planted_hazards.added(hazards, year, month, self.planted, self.places)
            self._note_calls(visits)
            self.hazards.append(hazards)
            for channel in (SNAP, RIDER):
                self.reports.append(reports.month(channel, year, month, hazards, self.places, self.rhythm))
            yield from walks.take(year, patrols.ledger(visits))
            yield from cases.take(year, hazard_ledger.ledger(hazards, self.street, self.places))
        yield from walks.end()
        yield from cases.end()

    def _note_calls(self, visits: Visits) -> None:
        subject = self.places.subject[visits.place]
        counted = (subject >= 0) & visits.is_named & (visits.minutes >= LONG_VISIT_MINUTES)
        np.minimum.at(self.called_first, subject[counted], visits.moment[counted] // DAY)

    def _people(self) -> Iterator[Path]:
        table = flows.ledger(self.street, self.rhythm, self.rhythm.first, self.rhythm.last)
        faults = (("流向", "探亲"), ("人数", "-2"), ("日期", "1/5"), ("社区", "城南社区"))
        yield from self.desk.yearly("人口流动日报", table, "日期", faults, encoding="utf-8-sig")

    def _festivals(self) -> Iterator[Path]:
        for season in workers.seasons(self.street, self.firms, self.rhythm, self.growth):
            year = season.festival.year
            for at, agency in enumerate((*workers.AGENCIES, "规上企业汇总", "其他企业汇总")):
                low = AGENCY_COUNT + (at - AGENCY_COUNT) * workers.OWN_EMPLOYERS // 2
                own = (season.employer >= low) & (season.employer < low + workers.OWN_EMPLOYERS // 2)
                mine = season.employer == at if at < AGENCY_COUNT else own
                table = workers.ledger(season, self.firms, self.street, mine)
                faults = (
                    (("身份证号", "9.90101198811195E+17"),)
                    if at == 1
                    else (("返乡/留守", "探亲"),)
                    if at == 4
                    else ()
                )
                layout = Layout(
                    f"{year}年春节职工返乡返岗登记表",
                    reported_by=f"{agency}" if at >= AGENCY_COUNT else f"{agency}有限公司",
                    sheet="返乡返岗",
                    heading_notes={"身份证号": "身份证号（必填）", "返乡/留守": "返乡/留守*"},
                    hidden_words=("返乡", "留守", "未定"),
                )
                name = f"返乡返岗登记_{year}年_{agency}"
                yield from self.desk.book(name, table, "", faults, repeats=1, layout=layout)
            vacated = rooms.ledger(season, self.street, self.rhythm)
            yield from self.desk.book(
                f"空置房登记_{year}年", vacated, f"{year}年春节空置房登记表", (("空置日期", "腊月廿五"),)
            )
            resumed = resumption.ledger(self.firms, self.street, self.rhythm, season.festival)
            yield from self.desk.book(
                f"复工申请_{year}年", resumed, f"{year}年节后复工申请汇总表", (("首批返岗人数", "约30"),)
            )
        orders = services.ledger(self.street, self.rhythm, self.scale)
        yield from self.desk.book(
            "留守服务工单", orders, "留守服务工单台账", (("受理时间", "昨天上午"), ("办结时间", "2015-06-01"))
        )

    def _voices(self) -> Iterator[Path]:
        snaps = [
            reports.snap_ledger(each, self.street, self.places)
            for each in self.reports
            if each.channel == SNAP
        ]
        rides = [
            reports.rider_ledger(each, self.street, self.places)
            for each in self.reports
            if each.channel == RIDER
        ]
        yield from self.desk.yearly(
            "随手拍上报", pa.concat_tables(snaps), "上报时间", (("上报时间", "2025/2/30"),)
        )
        yield from self.desk.book(
            "骑手上报",
            pa.concat_tables(rides),
            "移动网格员（骑手）上报台账",
            (("网格编码", "990101001099009"),),
        )
        proposals = suggestions.ledger(self.firms, self.street, self.rhythm, self.scale)
        yield from self.desk.book("建议征集", proposals, "人民建议征集台账", (("提交时间", "26.3.5"),))
        ledger = points.ledger(self.reports, self.rhythm)
        yield from self.desk.csv("积分流水", ledger, (("积分变动", "十分"),))
