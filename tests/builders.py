"""Builds a small street for a test: give the cells that matter, everything else gets a harmless value.

    street = street_of(tmp_path, hazard=[{"due_at": "2026-11-17 10:00"}, {"closed_at": "2026-11-18"}])
    store = Store(tmp_path)
    load(store, "2026-11-15 09:00", hazard=[{"hazard_no": "A01", "level": "general"}])
    load(store, "2026-11-16 09:00", hazard=[{"hazard_no": "A01", "level": "major"}])   # a correction

Moments and days may be text. A row's `record_key` comes from its ledger's key. Grids that rows name without a
`grid` row of their own are added, each in the community the row names.
"""

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data.contract import Ledger, ledgers
from data.store.batches import REJECTED_SCHEMA, Batch, Draft, batch_id_of, parquet_schema, seal
from data.warehouse import Published, Snapshot, Store

Row = Mapping[str, Any]

LOADED_AT = "2026-11-22 10:00"
GRID, COMMUNITY = "WG-0101", "一号社区"
_NUMBERS = itertools.count(1)

# What a row holds where the test does not say; a callable is given the row's number, which no other row has.
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "grid": {"grid_name": lambda n: f"第{n}网格", "community": COMMUNITY, "grid_kind": "basic"},
    "enterprise": {
        "enterprise_no": lambda n: f"QY-{n:06}",
        "name": lambda n: f"企业{n}",
        "subject_kind": "enterprise",
    },
    "patrol_log": {
        "patrol_no": lambda n: f"XC-{n:06}",
        "patrolled_at": "2026-11-20 09:00",
        "finding_count": 0,
    },
    "hazard": {"hazard_no": lambda n: f"YH-{n:06}", "reported_at": "2026-11-16 09:00", "has_filing": True},
    "rating": {
        "rated_on": "2026-11-16",
        "colour": "green",
        "polarity": "red_is_worst",
        "scheme": "enterprise",
        "rating_kind": None,
    },
    "finding": {"found_on": "2026-11-16", "indicator": "隐患整改", "detail": None},
    "population_flow": {"moved_on": "2026-02-10", "direction": "leave", "person_count": 1},
    "worker": {"person_key": lambda n: f"person-{n}", "season": 2026},
    "vacated_room": {"room_key": lambda n: f"room-{n}", "season": 2026, "vacant_from": "2026-02-10"},
    "service_order": {"order_no": lambda n: f"FW-{n:06}", "requested_at": "2026-02-12 09:00", "kind": "维修"},
    "resumption": {
        "application_no": lambda n: f"FG-{n:06}",
        "applicant": lambda n: f"企业{n}",
        "applied_on": "2026-02-24",
    },
    "public_report": {
        "report_no": lambda n: f"SB-{n:06}",
        "reported_at": "2026-11-16 09:00",
        "source": "snap",
    },
    "suggestion": {"suggestion_no": lambda n: f"JY-{n:06}", "submitted_at": "2026-11-16 09:00"},
    "points": {
        "entry_no": lambda n: f"JF-{n:06}",
        "occurred_at": "2026-11-16 09:00",
        "delta": 1,
        "account_key": "account-1",
    },
    "migration_index": {"indexed_on": "2026-02-10", "direction": "out", "index_value": 1.0},
    "responsibility_letter": {"letter_kind": "安全生产责任书", "signed_on": "2026-01-05"},
    "self_check": {"due_on": "2026-11-16"},
    "drill": {"held_on": "2026-06-01", "drill_kind": "drill"},
    "danger_source": {"source_name": lambda n: f"危险源{n}", "found_on": "2026-01-05"},
    "certificate": {"certificate_kind": "食品经营许可证"},
    "gas_guard": {"checked_on": "2026-11-16", "layer": "燃气报警器", "is_ok": True},
    "shop_need": {"raised_on": "2026-11-16", "need_kind": "招工"},
    "shop_resource": {"offered_on": "2026-11-16", "resource_kind": "场地"},
    "rating_override": {
        "colour": "yellow",
        "from_on": "2026-11-16",
        "until_on": "2026-11-30",
        "reason": "集中整治",
        "scheme": "enterprise",
        "is_two_persons": True,
    },
    "enterprise_policy": {"version_on": "2026-01-05", "actions": "每月走访一次"},
    "enforcement": {"event_kind": "suspension", "began_on": "2026-11-16"},
    "district_score": {"district": "临江夜市", "scored_on": "2026-11-01"},
}
# Ledgers whose key holds something that is not stored (a name, a door) are told apart by these instead.
KEYS: Mapping[str, tuple[str, ...]] = {
    "worker": ("person_key", "season"),
    "vacated_room": ("room_key", "season"),
    "population_flow": ("person_key", "moved_on", "community", "direction", "province", "employer"),
}


def street_of(
    folder: Path, *, at: str = LOADED_AT, rejected: Iterable[Row] = (), **tables: Iterable[Row]
) -> Snapshot:
    """A street holding these rows, all loaded at one moment."""
    store = Store(folder)
    load(store, at, rejected=rejected, **tables)
    return snapshot_of(store)


def snapshot_of(store: Store) -> Snapshot:
    """The newest snapshot of a store that has one."""
    newest = store.newest()
    assert newest is not None
    return newest


def load(
    store: Store, at: str = LOADED_AT, *, rejected: Iterable[Row] = (), **tables: Iterable[Row]
) -> Published:
    """Load rows as one file, at a moment; rows of a key loaded before are corrections."""
    with store.scratch() as scratch:
        return store.publish([draft(scratch, at, tables, rejected=rejected)], now=_moment(at))


def draft(
    scratch: Path,
    at: str,
    tables: Mapping[str, Iterable[Row]],
    *,
    file_name: str = "台账.xlsx",
    load_id: str | None = None,
    file: str | None = None,
    rejected: Iterable[Row] = (),
) -> Draft:
    """A sealed draft as the importer leaves it, in a folder of its own under `scratch`.

    Every draft comes from bytes of its own, unless two name the same `file`.
    """
    filled = {name: [_filled(name, row) for row in rows] for name, rows in tables.items()}
    _add_grids(filled)
    turned_away = [_turned_away(row, number) for number, row in enumerate(rejected, start=2)]
    sha256 = hashlib.sha256((file or f"file {next(_NUMBERS)}").encode()).hexdigest()
    folder = scratch / f"{batch_id_of(sha256)}-{next(_NUMBERS)}"
    folder.mkdir(parents=True)
    for name, rows in filled.items():
        pq.write_table(
            pa.Table.from_pylist(rows, parquet_schema(ledgers()[name])), folder / f"{name}.parquet"
        )
    pq.write_table(pa.Table.from_pylist(turned_away, REJECTED_SCHEMA), folder / "rejected.parquet")
    card = Batch(
        batch_id=batch_id_of(sha256),
        sha256=sha256,
        file_name=file_name,
        ledger=next(iter(tables), "grid"),
        loaded_at=_moment(at),
        load_id=load_id or batch_id_of(sha256),
        accepted={name: len(rows) for name, rows in filled.items()},
        rejected=len(turned_away),
    )
    return seal(folder, card)


def _filled(table: str, row: Row) -> dict[str, Any]:
    ledger = ledgers()[table]
    types = {field.name: field.type for field in parquet_schema(ledger)}
    unknown = set(row) - set(types)
    assert not unknown, f"{table} has no column {sorted(unknown)}"
    number = next(_NUMBERS)
    defaults = dict(DEFAULTS[table])
    if "grid_code" in types and table != "grid":
        defaults |= {"grid_code": GRID, "community": COMMUNITY}
    elif "community" in types or table == "grid":
        defaults |= {"grid_code": GRID}
    cells = {name: value(number) if callable(value) else value for name, value in defaults.items()}
    cells |= {"source_sheet": "Sheet1", "source_row": number} | dict(row)
    typed = {name: _typed(cells.get(name), kind) for name, kind in types.items()}
    typed["record_key"] = row.get("record_key") or "|".join(_key(ledger, typed))
    return typed


def _key(ledger: Ledger, cells: Row) -> list[str]:
    if ledger.name in KEYS:
        return [str(cells[name]) for name in KEYS[ledger.name]]
    groups = [group for group in ledger.key if all(name in cells for name in group)]
    told = [group for group in groups if cells[group[0]] is not None]
    whole = [group for group in told if all(cells[name] is not None for name in group)]
    for group in (*whole, *told):
        return [str(cells[name]) for name in group]
    raise AssertionError(f"{ledger.name}: this row lacks its key {ledger.key}")


def _add_grids(tables: dict[str, list[dict[str, Any]]]) -> None:
    told = {row["grid_code"] for row in tables.get("grid", ())}
    named = {
        row["grid_code"]: row["community"]
        for rows in tables.values()
        for row in rows
        if row.get("grid_code") and row["grid_code"] not in told
    }
    for code, community in named.items():
        tables.setdefault("grid", []).append(
            _filled("grid", {"grid_code": code, "grid_name": f"{code} 网格", "community": community})
        )


def _turned_away(row: Row, number: int) -> dict[str, Any]:
    defaults = {
        "sheet": "Sheet1",
        "row": number,
        "reason": "missing_required",
        "message": f"第{number}行缺必填项",
    }
    return {name: ({**defaults, **row}).get(name) for name in REJECTED_SCHEMA.names}


def _typed(value: Any, kind: pa.DataType) -> Any:
    if isinstance(value, str) and pa.types.is_timestamp(kind):
        return _moment(value)
    if isinstance(value, str) and pa.types.is_date(kind):
        return date.fromisoformat(value)
    return value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
