"""Loads pairs of files until it is killed: `python -m tests.data.endless_loader STORE FIRST`.

Load number n brings one hazard and one patrol, both numbered n, and corrects hazard 0 to say n. After each
load the number is printed, so that whoever kills this process knows what had been promised.
"""

import itertools
import sys
from pathlib import Path

from data.warehouse import Store
from tests.builders import Row, draft


def main() -> None:
    """Never returns."""
    store = Store(Path(sys.argv[1]))
    print("ready", flush=True)
    for number in itertools.count(int(sys.argv[2])):
        with store.scratch() as scratch:
            hazards: list[Row] = [{"hazard_no": f"A{number}"}, {"hazard_no": "A0", "note": str(number)}]
            patrols: list[Row] = [{"patrol_no": f"B{number}"}]
            load_id = f"load {number}"
            store.publish(
                [
                    draft(scratch, "2026-11-20", {"hazard": hazards}, load_id=load_id, file=f"a{number}"),
                    draft(scratch, "2026-11-20", {"patrol_log": patrols}, load_id=load_id, file=f"b{number}"),
                ]
            )
        print(number, flush=True)


if __name__ == "__main__":
    main()
