"""Rewords the cells of a file that has a ledger's own headings, as a template says: 红旗 there is 绿 here."""

import unicodedata
from dataclasses import dataclass, replace

import pyarrow as pa

from data.intake.changes import changed
from data.intake.header import Header
from data.template import Output, Template


@dataclass(frozen=True)
class OwnHeadings:
    """A template whose one output is a ledger in its own headings, with other words in its cells."""

    template: Template
    output: Output

    @classmethod
    def of(cls, template: Template | None) -> "OwnHeadings | None":
        """The template as one of this kind; None where it names the headings of a foreign file."""
        outputs = template.outputs if template else ()
        output = next((each for each in outputs if each.has_own_headings), None)
        return cls(template, output) if template and output else None

    def header(self, header: Header, width: int) -> Header:
        """The sheet's header with the template's constants as columns to the right of its own."""
        added = {name: (width + place,) for place, name in enumerate(self._added(header))}
        labels = [self.output.ledger.field(name).label for name in added]
        padded = (*header.headings[:width], *[""] * (width - len(header.headings)), *labels)
        return replace(header, columns={**header.columns, **added}, headings=padded)

    def reworded(self, block: pa.Table, header: Header, width: int) -> pa.Table:
        """Rows below the sheet's header with the template's words for their cells and its constants."""
        for name, indexes in header.columns.items():
            for index in indexes:
                block = block.set_column(
                    block.column_names.index(f"c{index}"), f"c{index}", self._column(block, name, index)
                )
        for place, name in enumerate(self._added(header)):
            told = pa.array([self.output.constants[name]] * block.num_rows, pa.string())
            block = block.append_column(f"c{width + place}", pa.chunked_array([told]))
        return block

    def _added(self, header: Header) -> list[str]:
        return [name for name in self.output.constants if name not in header.columns]

    def _column(self, block: pa.Table, name: str, index: int) -> pa.ChunkedArray:
        column = block[f"c{index}"]
        if self.output.ledger.field(name).type in {"moment", "day"}:
            return changed(column, self.template.moment_text)
        words = self.output.values.get(name)
        return changed(column, lambda text: words.get(_plain(text), text)) if words else column


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
