"""Shows a progress bar on stderr while a long file is read; silent when nobody watches."""

import sys
from collections.abc import Iterable, Iterator

import pyarrow as pa
from tqdm import tqdm

LONG_FILE_ROWS = 20_000


def counted(blocks: Iterable[pa.Table], rows: int, what: str) -> Iterator[pa.Table]:
    """The same blocks, with a bar that counts their rows when the file is long and stderr is a terminal."""
    silent = rows < LONG_FILE_ROWS or not sys.stderr.isatty()
    with tqdm(total=rows, desc=what, unit="行", disable=silent, file=sys.stderr, leave=False) as bar:
        for block in blocks:
            yield block
            bar.update(block.num_rows)
