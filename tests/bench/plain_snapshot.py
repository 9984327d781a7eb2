"""What the snapshot is measured against: pandas sorts the same Parquet and writes it as one file a ledger."""

import sys
from pathlib import Path

import pandas as pd

from data.contract import ledgers


def write(batches: Path, folder: Path) -> None:
    """One Parquet file per ledger in `folder`, by the ledger's time, a record once."""
    for ledger in ledgers().values():
        paths = sorted(batches.glob(f"*/{ledger.table}.parquet"))
        if not paths:
            continue
        rows = pd.concat([pd.read_parquet(path) for path in paths])
        rows = rows.drop_duplicates("record_key", keep="last")
        order = [ledger.time, "record_key"] if ledger.time else ["record_key"]
        rows.sort_values(order).to_parquet(folder / f"{ledger.table}.parquet")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
