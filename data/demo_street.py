"""Builds the demonstration street: writes its ledgers and loads them through the same door as any file."""

import os
from collections.abc import Callable
from pathlib import Path

from data import settings
from data.demo import write
from data.files import NO_LIMIT
from data.intake.load import Source, load
from data.intake.report import Report
from data.intake.take import Wishes
from data.trouble import Trouble
from data.warehouse import Store

# Roads, river and community borders: drawn quietly under every map, never counted.
ORIENTATION = "底图.geojson"


def build(
    store: Store,
    years: int = 3,
    scale: float = 1.0,
    folder: Path | None = None,
    is_loaded: bool = True,
    say: Callable[[str], None] = lambda _: None,
) -> Report | None:
    """Writes the demonstration ledgers for the years up to today and loads them; None where only writing.

    Raises Trouble where the warehouse already holds real files: invented data never mix with live ones.
    """
    if is_loaded and any(not batch.is_demo for batch in store.loaded().values()):
        raise Trouble("仓库里已有正式数据，不能再装演示数据。请用 --store 另指一个文件夹。")
    target = folder or store.folder / "demo"
    say(f"正在写演示台账到 {target} ……")
    written = write(target, settings.today(), years, scale)
    if not is_loaded:
        return None
    (store.folder / ORIENTATION).write_bytes((target / ORIENTATION).read_bytes())
    wishes = Wishes(limits=NO_LIMIT, is_demo=True)
    return load(store, [Source(path, path.name) for path in written], wishes, say)


def build_if_missing(store: Store, say: Callable[[str], None] = lambda _: None) -> bool:
    """Builds the demonstration street where the warehouse has never been filled; whether it did.

    An office that wants to start empty sets `STREET_DEMO=0`.
    """
    if store.names() or os.environ.get("STREET_DEMO", "1") == "0":
        return False
    with store.loading("生成演示街道"):
        if store.names():
            return False
        build(store, say=say)
    return True
