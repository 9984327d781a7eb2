"""What a look at an enterprise or shop finds amiss that no other ledger tells, how often and for how long."""

from dataclasses import dataclass

from data.rules import SCHEME_WORDS

VETO = "一票否决"


@dataclass(frozen=True)
class Habit:
    """One fact as 指标核查 words it, under which indicator, how often a month it comes to a usual subject.

    It lasts until it is put right, half of the times within `usual_days`; an event just counts for `days`.
    """

    scheme: str
    fact: str
    code: str
    indicator: str
    text: str
    a_month: float
    usual_days: float = 0
    days: int = 0

    @property
    def detail(self) -> str:
        """具体事项, as the ledger has it."""
        return f"{self.code} {self.text}"


ENTERPRISE, SHOP = SCHEME_WORDS
HABITS = (
    Habit(
        ENTERPRISE, "tenant_without_safety_agreement", "R5", "主体责任落实", "承租单位未签安全管理协议",
        0.015, usual_days=60,
    ),
    Habit(ENTERPRISE, "missed_meetings_90d", "I1", "意识形态", "安全例会、培训缺席", 0.035, days=90),
    Habit(ENTERPRISE, "uncooperative_records_90d", "I2", "意识形态", "不配合走访", 0.004, days=90),
    Habit(ENTERPRISE, "false_rectification_180d", "V4", VETO, "虚假整改", 0.0003, days=180),
    Habit(ENTERPRISE, "illegal_residence", "V5", VETO, "违规住人", 0.0026, usual_days=18),
    Habit(ENTERPRISE, "uncertified_special_operators", "C2", VETO, "特种作业无证", 0.004, usual_days=20),
    Habit(
        SHOP, "operator_changed_unregistered", "B1", "营业状态", "经营者变更未登记", 0.014, usual_days=45
    ),
    Habit(SHOP, "contact_unreachable", "B2", "营业状态", "负责人联系方式失效", 0.018, usual_days=30),
    Habit(SHOP, "fire_equipment_faults", "S2", "公共安全", "消防器材缺失或过期", 0.080, usual_days=28),
    Habit(SHOP, "electrical_hazards", "S3", "公共安全", "电气线路隐患", 0.060, usual_days=28),
    Habit(SHOP, "waste_violations_30d", "W1", "垃圾分类", "垃圾分类不合格", 0.105, days=30),
    Habit(SHOP, "frontage_violations_30d", "E1", "综合环境", "店外经营、乱堆放", 0.110, days=30),
    Habit(SHOP, "valid_complaints_30d", "E2", "综合环境", "油烟、噪声投诉查实", 0.035, days=30),
    Habit(SHOP, "illegal_residence", "V1", VETO, "违规住人", 0.0020, usual_days=15),
    Habit(SHOP, "unlicensed_operation", "V2", VETO, "无证经营", 0.0010, usual_days=25),
    Habit(SHOP, "exit_locked", "V3", VETO, "锁闭安全出口", 0.0014, usual_days=3),
)  # fmt: skip
# What somebody who just calls looks at.
ROUTINE = {ENTERPRISE: ("R5", "V5", "C2"), SHOP: ("S2", "S3", "V3")}
