"""Publishes drafts in a process of its own, to be measured: python -m tests.bench.publishing STORE DRAFTS."""

import sys
from datetime import datetime
from pathlib import Path

from data.store.batches import Draft, read_card
from data.warehouse import Store


def publish(store: Path, drafts: Path, now: datetime) -> None:
    """One load of every draft lying in a folder, those of the ledgers first."""
    cards = [(folder, card) for folder in drafts.iterdir() if (card := read_card(folder))]
    cards.sort(key=lambda found: found[1].file_name)
    Store(store).publish([Draft(folder, card) for folder, card in cards], now=now)


if __name__ == "__main__":
    publish(Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
