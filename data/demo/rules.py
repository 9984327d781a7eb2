"""What costs an enterprise or shop points in the monthly rating: the draft rules, as the street uses them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One thing that costs `per` points each, up to `cap`, in an indicator.

    `chance` is how often a usual subject slips into it in a month; 0 for what the hazard ledger tells.
    """

    code: str
    indicator: int
    text: str
    per: int
    cap: int
    chance: float = 0.0


@dataclass(frozen=True)
class Scheme:
    """One of the two rating schemes; `floors` are the least points of green and of yellow."""

    name: str
    indicators: tuple[tuple[str, int], ...]
    floors: tuple[int, int]
    facts: tuple[Fact, ...]
    vetoes: tuple[tuple[str, str, float], ...]

    def at(self, code: str) -> int:
        """The position of a fact."""
        return next(index for index, fact in enumerate(self.facts) if fact.code == code)


ENTERPRISE = Scheme(
    "企业",
    (("隐患整改", 40), ("主体责任落实", 30), ("危险源监控", 20), ("意识形态", 10)),
    (85, 60),
    (
        Fact("H1", 0, "超期未整改一般隐患", 8, 24),
        Fact("H2", 0, "限期内未整改一般隐患", 2, 8),
        Fact("H4", 0, "90天内复查不通过", 4, 12),
        Fact("R1", 1, "未签订或未公示安全生产责任书", 6, 6, 0.02),
        Fact("R2", 1, "未明确安全管理人员", 6, 6, 0.012),
        Fact("R3", 1, "90天内应自查未自查", 2, 8, 0.06),
        Fact("R4", 1, "12个月内未开展应急演练", 4, 4, 0.025),
        Fact("R5", 1, "承租单位未签安全管理协议", 3, 6, 0.015),
        Fact("D1", 2, "危险源未登记建档", 6, 12, 0.016),
        Fact("D2", 2, "监测设施故障未修复", 2, 8, 0.03),
        Fact("I1", 3, "90天内安全例会、培训缺席", 2, 6, 0.05),
        Fact("I2", 3, "90天内不配合走访", 4, 8, 0.008),
    ),
    (
        ("V1", "存在未销号重大事故隐患", 0.0),
        ("V5", "生产经营场所违规住人", 0.0022),
        ("V3", "正在执行停产停业整顿", 0.0012),
    ),
)
SHOP = Scheme(
    "商户",
    (("营业状态", 10), ("持证情况", 20), ("公共安全", 40), ("垃圾分类", 15), ("综合环境", 15)),
    (85, 65),
    (
        Fact("B1", 0, "经营者变更未登记", 6, 6, 0.012),
        Fact("B2", 0, "负责人联系方式失效", 4, 4, 0.012),
        Fact("L1", 1, "证照30天内到期", 2, 4, 0.02),
        Fact("L2", 1, "证照过期", 8, 16, 0.012),
        Fact("L3", 1, "证照未亮明", 2, 4, 0.03),
        Fact("S1", 2, "燃气防护缺项", 6, 18, 0.022),
        Fact("S2", 2, "消防器材缺失或过期", 4, 12, 0.03),
        Fact("S3", 2, "电气线路隐患", 5, 15, 0.022),
        Fact("S4", 2, "超期未整改隐患", 10, 20),
        Fact("W1", 3, "30天内垃圾分类不合格", 5, 15, 0.045),
        Fact("E1", 4, "30天内店外经营、乱堆放", 3, 9, 0.05),
        Fact("E2", 4, "30天内查实的油烟、噪声投诉", 3, 9, 0.022),
    ),
    (
        ("V1", "店内违规住人未作防火分隔", 0.0022),
        ("V4", "使用燃气未装泄漏报警装置", 0.0025),
        ("V3", "营业期间锁闭安全出口", 0.001),
    ),
)
