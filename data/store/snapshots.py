"""The folder of dated snapshots: their names, their manifests, and which of them can be trusted.

A manifest is written first; the snapshot exists once its .duckdb carries its name, and never changes.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from data.store import durable, reader
from data.store.batches import Batch
from data.store.durable import Mark
from data.store.reader import Snapshot

STAMP = "%Y%m%dT%H%M%S"


@dataclass(frozen=True)
class Manifest:
    """What a snapshot is made of, and how to tell whether it is whole. `action`: load, undo or rebuild."""

    name: str
    built_at: datetime
    action: str
    recipe: str
    sha256: str
    bytes: int
    batches: tuple[Batch, ...]

    def as_json(self) -> dict[str, Any]:
        """The manifest as it is written beside the snapshot."""
        cards = [batch.as_json() for batch in self.batches]
        return {**self.__dict__, "built_at": self.built_at.isoformat(), "batches": cards}

    @staticmethod
    def from_json(told: Mapping[str, Any]) -> "Manifest":
        """Raises KeyError, TypeError or ValueError where the manifest is damaged."""
        batches = tuple(Batch.from_json(card) for card in told["batches"])
        return Manifest(**{**told, "built_at": datetime.fromisoformat(told["built_at"]), "batches": batches})


def new_name(now: datetime, newest: str | None) -> str:
    """A name later than every other's, even where the clock went back."""
    moment = now
    if newest is not None:
        moment = max(moment, stamp_of(newest) + timedelta(seconds=1))
    return f"{moment.strftime(STAMP)}-{secrets.token_hex(4)}"


def stamp_of(name: str) -> datetime:
    """The moment in a snapshot's name. Raises ValueError for any other name."""
    return datetime.strptime(name.split("-")[0], STAMP)


def names_in(folder: Path) -> list[str]:
    """The committed snapshots, newest first."""
    return sorted((path.stem for path in folder.glob("[0-9]*.duckdb")), reverse=True)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest beside the place where its snapshot will stand."""
    durable.write_text(
        folder / f"{manifest.name}.json", json.dumps(manifest.as_json(), ensure_ascii=False, indent=1)
    )


def read_manifest(folder: Path, name: str) -> Manifest | None:
    """A snapshot's manifest; where that is damaged, the cards kept inside the snapshot; else None."""
    try:
        return _parsed(durable.mark_of(folder / f"{name}.json"))
    except (OSError, ValueError, KeyError, TypeError):
        return _manifest_within(folder, name)


@lru_cache(maxsize=256)
def _parsed(mark: Mark) -> Manifest:
    return Manifest.from_json(json.loads(mark[0].read_text("utf-8")))


def _manifest_within(folder: Path, name: str) -> Manifest | None:
    path = folder / f"{name}.duckdb"
    try:
        street = reader.connect(path)
        try:
            cards = street.execute("select card from batch order by batch_no").fetchall()
            [(built_at,)] = street.execute("select built_at from snapshot_fact").fetchall()
        finally:
            street.close()
        batches = tuple(Batch.from_json(json.loads(card)) for (card,) in cards)
        return Manifest(name, built_at, "load", "", durable.sha256_of(path), path.stat().st_size, batches)
    except (duckdb.Error, OSError, ValueError, KeyError, TypeError):
        return None


def is_good(folder: Path, manifest: Manifest) -> bool:
    """Whether the snapshot's file is byte for byte what was published."""
    path = folder / f"{manifest.name}.duckdb"
    try:
        return path.stat().st_size == manifest.bytes and durable.sum_of(path) == manifest.sha256
    except OSError:
        return False


def opened(folder: Path, manifest: Manifest, recipe: str, trouble: str | None = None) -> Snapshot:
    """The snapshot a manifest speaks of, for reading."""
    return Snapshot(
        name=manifest.name,
        path=folder / f"{manifest.name}.duckdb",
        built_at=manifest.built_at,
        as_at=manifest.built_at,
        trouble=trouble,
        is_outdated=manifest.recipe != recipe,
    )


def newest_good(folder: Path, recipe: str) -> Snapshot | None:
    """The newest snapshot that is whole. It says so in `trouble` when a newer one is damaged."""
    passed_over: list[str] = []
    for name in names_in(folder):
        manifest = read_manifest(folder, name)
        if manifest is None or not is_good(folder, manifest):
            passed_over.append(name)
            continue
        trouble = None
        if passed_over:
            trouble = (
                f"最新的快照 {passed_over[0]} 已损坏，"
                f"现在显示的是 {manifest.built_at:%Y-%m-%d %H:%M} 建成的上一份；"
                "再导入一次（python -m data load）即可修复，已导入的数据不会丢失。"
            )
        return opened(folder, manifest, recipe, trouble)
    return None


def newest_committed(folder: Path) -> Sequence[Batch]:
    """The batches the warehouse consists of: those of the newest snapshot whose manifest can be read."""
    for name in names_in(folder):
        manifest = read_manifest(folder, name)
        if manifest is not None:
            return manifest.batches
    return ()
