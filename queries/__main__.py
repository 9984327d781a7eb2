"""Ask the warehouse from a terminal, so that anyone can check a page's figure.

python -m queries list
python -m queries ask hazards.case_measures --since 2026-11-16 --until 2026-11-23 --format csv
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import duckdb

from data.settings import store_folder
from data.trouble import Trouble
from data.warehouse import Snapshot, Store
from queries import Scope, places, settled
from queries.catalogue import find, questions
from queries.printing import FORMATS
from queries.scope import looked_at


def main(words: Sequence[str] | None = None) -> int:
    """0 answered, 2 what was asked cannot be answered: the reason stands on stderr, in Chinese."""
    try:
        options = _parser().parse_args(words)
        if options.command == "list":
            for question in questions():
                print(f"{question.name:<36} {question.text}")
        else:
            _ask(options)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    return 0


def _ask(options: argparse.Namespace) -> None:
    question = find(options.question)
    street = _snapshot(options)
    scope = _scope(options, street)
    values = question.values(options.value)
    try:
        answer = question.ask(street, scope, **values)
    except duckdb.InvalidInputException as fault:
        raise Trouble(f"这个问题不能这样问：{fault}") from fault
    asked = settled(street, scope)
    days = f"{scope.since} 起、{scope.until} 止（不含）"
    print(f"快照 {street.name}；{days}；数据截至 {asked.as_at:%Y-%m-%d %H:%M}", file=sys.stderr)
    _tell_unknown(street, scope)
    sys.stdout.write(FORMATS[options.format](answer))


def _tell_unknown(street: Snapshot, scope: Scope) -> None:
    """Say which communities and grids the register does not have: zeros would look like an answer."""
    known = places.grids(street, Scope(scope.since, scope.until))
    for label, asked, column in (
        ("社区", scope.communities, "community"),
        ("网格", scope.grids, "grid_code"),
    ):
        unknown = [name for name in asked if name not in set(known[column])]
        if unknown:
            print(f"网格信息表里没有名为「{'、'.join(unknown)}」的{label}。", file=sys.stderr)


def _snapshot(options: argparse.Namespace) -> Snapshot:
    store = Store(store_folder(options.store))
    if options.snapshot:
        return store.snapshot(options.snapshot)
    newest = store.newest()
    if newest is None:
        raise Trouble(f"仓库 {store.folder} 里还没有数据，请先运行 python -m data load 文件。")
    return newest


def _scope(options: argparse.Namespace, street: Snapshot) -> Scope:
    """The scope asked for, looked at as the pages do; without days, the week of the snapshot's day."""
    today = street.as_at.date()
    since = options.since or (options.until or today) - timedelta(days=(options.until or today).weekday())
    until = options.until or since + timedelta(days=7)
    return Scope(
        since=since,
        until=until,
        communities=tuple(options.community),
        grids=tuple(options.grid),
        as_at=options.as_at or looked_at(until, street.as_at),
        known_at=options.known_at,
        is_lunar=options.lunar,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Trouble(f"「{text}」不是日期，应写成 2026-11-22。") from None


def _moment(text: str) -> datetime:
    """A moment; a bare day means its last second."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Trouble(f'「{text}」不是时刻，应写成 2026-11-22 或 "2026-11-22 18:00"。') from None
    return datetime.combine(moment.date(), time.max) if len(text) == 10 else moment


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m queries", description="在终端上查一个数")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="列出全部问题")
    ask = commands.add_parser("ask", help="回答一个问题")
    ask.add_argument("question", metavar="TOPIC.QUESTION", help="如 hazards.case_measures")
    ask.add_argument("--since", type=_day, help="开始日期（含），默认快照当天所在周的星期一")
    ask.add_argument("--until", type=_day, help="结束日期（不含），默认开始日期后第七天")
    ask.add_argument("--community", action="append", default=[], help="社区，可重复")
    ask.add_argument("--grid", action="append", default=[], help="网格编码，可重复")
    ask.add_argument(
        "--as-at", type=_moment, help="截止时刻，其后的事视为尚未发生；默认时段的末尾，未结束的为快照的时刻"
    )
    ask.add_argument("--lunar", action="store_true", help="上期为去年农历的同一段日子（春运）")
    ask.add_argument("--known-at", type=_moment, help="知晓时刻，其后导入的行视为尚不知道；默认全部")
    ask.add_argument("--snapshot", help="快照名称，默认最新")
    ask.add_argument("--store", help="仓库文件夹，默认环境变量 STREET_STORE 或 data/warehouse/")
    ask.add_argument(
        "--value", action="append", default=[], metavar="NAME=VALUE", help="问题自己的参数，可重复"
    )
    ask.add_argument("--format", choices=sorted(FORMATS), default="table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
