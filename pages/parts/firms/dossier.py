"""The rows of one subject: those behind what fired, its hazards, who was there, its papers."""

from collections.abc import Sequence

import pandas as pd

from pages.parts import exhibit, proof, tables
from pages.parts.ask import Question, ask
from pages.parts.hazards import case_card
from queries import Scope, subject_card

FIRED = ["item_reason", "lost_points", "told", "ledger", "begins_on", "ends_on", "unit_count", "hazard_no",
         "file_name", "source_sheet", "source_row"]  # fmt: skip
HAZARDS = ["hazard_no", "kind", "part", "is_major", "filed_on", "limit_on", "closed_on", "is_overdue"]
LOOKS = ["seen_on", "ledger", "told", "source_sheet", "source_row"]
PAPERS = ["ledger", "told", "begins_on", "last_on", "state", "source_sheet", "source_row"]


def fired(enterprise_key: str, scope: Scope) -> None:
    """Every row behind an item that fired, with its file, sheet and row; a hazard's row opens its case."""
    _table(
        "每一项依据哪一行",
        subject_card.fired_rows,
        enterprise_key,
        FIRED,
        "fired",
        scope,
        empty="没有触发任何一项。",
        note="点一行隐患，看这一件的全过程和来源文件。",
    )


def hazards(enterprise_key: str, scope: Scope) -> None:
    """Its hazards, the open ones first; a row opens its case."""
    _table(
        "它的隐患",
        subject_card.hazards,
        enterprise_key,
        HAZARDS,
        "firm_hazards",
        scope,
        empty="没有以它为场所的隐患。",
        note="场所名称与企业（商户）名称在同一网格内相同的隐患，未销的在前；点一行看这一件。",
    )


def looks(enterprise_key: str, scope: Scope) -> None:
    """The days somebody was there."""
    _table(
        "谁在哪天去过",
        subject_card.looks,
        enterprise_key,
        LOOKS,
        "looks",
        scope,
        empty="没有到访记录。",
        note="巡查点名、指标核查、燃气核查，最近的在前；不写人名。",
    )


def papers(enterprise_key: str, scope: Scope) -> None:
    """Its letters, drills, self-checks, certificates, danger sources, policies and overrides."""
    _table(
        "责任状、自查、演练、证照、危险源、一企一策",
        subject_card.papers,
        enterprise_key,
        PAPERS,
        "papers",
        scope,
        empty="各本台账里都没有它。",
        note="各来自自己的台账，不重复填报。",
    )


def _table(
    title: str,
    question: Question,
    enterprise_key: str,
    columns: Sequence[str],
    key: str,
    scope: Scope,
    empty: str,
    note: str,
) -> None:
    values = {"enterprise_key": enterprise_key}

    def draw(told: pd.DataFrame) -> None:
        picked = tables.long(told, columns, key, title, (proof.as_of(scope),), selects="hazard_no" in columns)
        if picked is None or isinstance(picked.get("hazard_no"), str):
            case_card.picked(picked, key)

    exhibit.show(
        title, ask(question, scope, **values), columns, key, draw, question, values, empty=empty, note=note
    )
