"""How a warehouse folder is kept: batches, snapshots, locks, mending; `data.warehouse` is its door."""
