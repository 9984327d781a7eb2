"""Maps a cleaning function over one column of a block: once per distinct value, not once per row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.cleaning.values import Fault

Cleaner = Callable[[str], Any]

ARROW_TYPES = {
    "VARCHAR": pa.string(),
    "TIMESTAMP": pa.timestamp("us"),
    "DATE": pa.date32(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
}


@dataclass
class RowFaults:
    """The first fault of each row of a block: which field has it and why."""

    count: int
    reasons: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    _code: NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        self._code = np.full(self.count, -1, dtype=np.int32)

    def add(self, rows: NDArray[np.bool_], reason: str, name: str) -> None:
        """Marks rows that have no fault yet with this one."""
        fresh = rows & (self._code < 0)
        if fresh.any():
            self._code[fresh] = len(self.reasons)
            self.reasons.append(reason)
            self.fields.append(name)

    @property
    def is_faulty(self) -> NDArray[np.bool_]:
        """Which rows have a fault."""
        return self._code >= 0

    def of(self, row: int) -> tuple[str, str]:
        """The (field, reason) of a faulty row."""
        return self.fields[self._code[row]], self.reasons[self._code[row]]


def mapped(column: pa.ChunkedArray, clean: Cleaner, sql_type: str, faults: RowFaults, name: str) -> pa.Array:
    """The column's clean values as an Arrow array of the type; faults are noted row by row."""
    encoded = pc.dictionary_encode(column).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0) if encoded.num_chunks else pa.array([], pa.string()).dictionary_encode()
    cleaned = [clean(text) for text in encoded.dictionary.to_pylist()]
    note_faults(cleaned, encoded.indices.to_numpy(), faults, name)
    values = [None if isinstance(value, Fault) else value for value in cleaned]
    return pa.array(values, ARROW_TYPES[sql_type]).take(encoded.indices)


def note_faults(cleaned: Sequence[Any], indices: NDArray[Any], faults: RowFaults, name: str) -> None:
    """Marks the rows whose distinct value turned out to be a fault, reason by reason."""
    reasons = {value.reason for value in cleaned if isinstance(value, Fault)}
    for reason in sorted(reasons):
        wrong = np.array([isinstance(value, Fault) and value.reason == reason for value in cleaned])
        faults.add(wrong[indices], reason, name)


def joined(columns: Sequence[pa.Array]) -> pa.Array:
    """Several text columns as one, so that a rule runs once per distinct combination."""
    return pc.binary_join_element_wise(*(pc.fill_null(column, "") for column in columns), "\x1f")


def is_null(column: pa.Array) -> NDArray[np.bool_]:
    """Which rows have no value."""
    nulls: NDArray[np.bool_] = pc.is_null(column).to_numpy(zero_copy_only=False)
    return nulls
