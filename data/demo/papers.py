"""Writes the ledgers of what enterprises and shops owe and hold: letters, drills, licences, orders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from data.colouring.material import Spells
from data.demo import (
    certificates,
    danger_sources,
    drills,
    enforcement,
    gas_guards,
    letters,
    registers,
    self_checks,
    wishes,
)
from data.demo.columns import Integers
from data.demo.desk import Desk
from data.demo.firms import Firms
from data.demo.plants import Planted
from data.demo.rhythm import Rhythm
from data.demo.tenure import Tenure


@dataclass(frozen=True)
class Papers:
    """One street's ledgers of this kind, each with what it tells of colours."""

    firms: Firms
    rhythm: Rhythm
    desk: Desk
    planted: Planted
    stands: Tenure

    @cached_property
    def facts(self) -> Mapping[str, Spells]:
        """Every fact that these ledgers and the registers tell."""
        return {
            **self._letters,
            **self._dangers,
            **self._orders,
            **self_checks.facts(self._checks),
            **drills.facts(*self._drills),
            **certificates.facts(self._held),
            **gas_guards.facts(self._gas),
            **registers.facts(self.firms, self.planted, self.stands),
        }

    @property
    def first_looks(self) -> Integers:
        """The first day on which somebody looked at each subject's gas; FAR where nobody did."""
        return gas_guards.first_looks(self._gas, self.firms.size)

    def write(self) -> Iterator[Path]:
        """Write everything; yields each path as it is done."""
        firms, rhythm, desk, shut = self.firms, self.rhythm, self.desk, self.stands.shut_from
        yield from desk.book(
            "责任状",
            letters.ledger(firms, rhythm, self._letters[letters.FACT]),
            "安全责任状签订台账",
            (("签订日期", "2025年2月30日"),),
            repeats=1,
        )
        yield from desk.csv("企业自查", self_checks.ledger(firms, self._checks), (("自查日期", "每月都查"),))
        held, on = self._drills
        yield from desk.book(
            "企业演练培训",
            drills.enterprise_ledger(firms, rhythm, held, on),
            "企业应急演练与安全培训台账",
            (("参加人数", "全体职工"),),
        )
        yield from desk.book(
            "商户演练培训", drills.shop_ledger(firms, rhythm, shut), "商户燃气安全培训签到汇总"
        )
        dangers = danger_sources.ledger(firms, rhythm, self._profile, self._dangers)
        yield from desk.book("危险源台账", dangers, "企业危险源台账", (("辨识日期", "2024.13.2"),))
        yield from desk.csv(
            "证照台账", certificates.ledger(firms, self._held), (("发证日期", "2023年2月30日"),)
        )
        yield from desk.csv("燃气防护", gas_guards.ledger(firms, self._gas), (("是否到位", "看不清"),))
        orders = enforcement.ledger(firms, rhythm, self._orders)
        yield from desk.book("事故与处置", orders, "事故与行政处置台账")
        needs = wishes.needs(firms, rhythm, shut)
        yield from desk.book("需求清单", needs, "商户需求清单", (("需求数量", "若干"),))
        spare = wishes.resources(firms, rhythm, shut)
        yield from desk.book("资源清单", spare, "商户资源清单", (("可用至", "明年2月30日"),))

    @cached_property
    def _letters(self) -> dict[str, Spells]:
        return letters.facts(self.firms, self.rhythm, self.planted)

    @cached_property
    def _checks(self) -> self_checks.SelfChecks:
        return self_checks.self_checks(self.firms, self.rhythm, self.planted)

    @cached_property
    def _drills(self) -> tuple[Integers, Integers]:
        return drills.drills(self.firms, self.rhythm, self.planted)

    @cached_property
    def _profile(self) -> danger_sources.Profile:
        return danger_sources.profile(self.firms, self.planted)

    @cached_property
    def _dangers(self) -> dict[str, Spells]:
        return danger_sources.facts(self.firms, self.rhythm, self.planted)

    @cached_property
    def _held(self) -> certificates.Certificates:
        return certificates.certificates(self.firms, self.rhythm, self.planted)

    @cached_property
    def _gas(self) -> gas_guards.Guards:
        return gas_guards.guards(self.firms, self.rhythm, self.planted, self.stands.shut_from)

    @cached_property
    def _orders(self) -> dict[str, Spells]:
        return enforcement.facts(self.firms, self.rhythm, self.planted)
