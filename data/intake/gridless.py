"""Counts the rows that a template lets in without a grid, so that nobody takes them for placed ones."""

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

MOST_EXAMPLES = 5


@dataclass
class GridTally:
    """Rows accepted without a grid: nothing said where they are, or what was said is no grid here."""

    blank: int = 0
    unmatched: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, said: pa.Array) -> None:
        """Counts rows by what they say of their grid: null for a row that has one, blank for nothing said."""
        for each in pc.value_counts(said.drop_null()).to_pylist():
            if not each["values"]:
                self.blank += each["counts"]
                continue
            self.unmatched += each["counts"]
            if len(self.examples) < MOST_EXAMPLES and each["values"] not in self.examples:
                self.examples.append(each["values"])

    def notes(self, title: str) -> list[str]:
        """The sentence for the report, if a row of the ledger came in without a grid."""
        told = []
        if self.blank:
            told.append(f"{self.blank} 行没有填写网格（或坐标不在任何网格内）")
        if self.unmatched:
            named = "、".join(f"「{example}」" for example in self.examples)
            told.append(f"{self.unmatched} 行的网格在网格信息里找不到，如{named}")
        if not told:
            return []
        count = self.blank + self.unmatched
        return [f"{title}按模板收下了 {count} 行没有网格的记录：{'；'.join(told)}。它们不计入任何网格。"]
