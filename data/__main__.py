"""The clerk's door: python -m data demo | check | load | status | rules | undo | pin | unpin."""

import argparse
import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from data import demo_street, rule_terminal, settings
from data.contract import ledgers
from data.files import NO_LIMIT
from data.intake.confirmed import mapping, save
from data.intake.load import Source, check, load, sources
from data.intake.report import Report
from data.intake.take import Wishes
from data.intake.told import told
from data.store.disk_faults import refuse_no_folder
from data.template import Template, parsed
from data.template import load as load_template
from data.terminal import rejected_text, status_json, status_text
from data.trouble import Trouble, WarehouseUnwritable
from data.warehouse import Store

UNWRITABLE = 3
NOTHING = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Exit status 0, 1, 2 or 3 as the import contract says; a fault of our own is a 2."""
    asked = _parser().parse_args(arguments)
    try:
        store = Store(settings.store_folder(asked.store), say=_say)
        refuse_no_folder(store.folder)
        status_code: int = asked.run(store, asked)
        return status_code
    except WarehouseUnwritable as trouble:
        return _gave_up(asked, str(trouble), UNWRITABLE)
    except Trouble as trouble:
        return _gave_up(asked, str(trouble), NOTHING)
    except BrokenPipeError:
        # Whoever read along (| head) has seen enough; what was done is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        traceback.print_exc()
        return _gave_up(asked, "程序出错，仓库没有变化。请把上面的英文信息交给维护人员。", NOTHING)


def _gave_up(asked: argparse.Namespace, message: str, status_code: int) -> int:
    """Says why nothing was done; a program that asked for JSON still gets its one object."""
    _say(message)
    if getattr(asked, "json", False):
        print(json.dumps({"snapshot": None, "files": [], "message": message}, ensure_ascii=False, indent=1))
    return status_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="街情看板的数据仓库")
    parser.add_argument(
        "--store", default=argparse.SUPPRESS, help="仓库文件夹（也可用环境变量 STREET_STORE）"
    )
    parser.set_defaults(store=None)
    commands = parser.add_subparsers(required=True, metavar="命令")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--store", default=argparse.SUPPRESS, help="仓库文件夹")

    for name, run, what in (
        ("check", _check, "只检查文件，不改动仓库"),
        ("load", _load, "装载文件；不带文件则按现有批次重建快照"),
    ):
        command = commands.add_parser(name, parents=[common], help=what)
        command.add_argument("paths", nargs="*", type=Path, metavar="文件或文件夹")
        command.add_argument("--ledger", choices=sorted(ledgers()), help="指明台账，不由表头识别")
        command.add_argument("--template", type=Path, help="来源模板（TOML 文件，或自带模板的名字）")
        command.add_argument("--map", action="append", metavar="字段=表头", help="外来文件的一列是哪个字段")
        command.add_argument("--save-template", type=Path, metavar="文件", help="把 --map 的对应关系存成模板")
        command.add_argument("--crs", choices=("WGS-84", "GCJ-02", "BD-09"), help="坐标的坐标系")
        command.add_argument("--no-limit", action="store_true", help="不限制 CSV 的大小和行数")
        command.add_argument("--json", action="store_true", help="在标准输出打印一个 JSON 对象")
        command.set_defaults(run=run)

    command = commands.add_parser("demo", parents=[common], help="生成演示街道并装载")
    command.add_argument("--years", type=int, default=3)
    command.add_argument("--scale", type=float, default=1.0)
    command.add_argument("--folder", type=Path, help="演示台账写到哪里（默认为仓库旁的 incoming/demo）")
    command.add_argument("--write-only", action="store_true", help="只写台账文件，不装载")
    command.set_defaults(run=_demo)

    command = commands.add_parser("status", parents=[common], help="批次、快照、时效、退回的行")
    command.add_argument(
        "--rejected", metavar="文字", nargs="?", const="", help="列出退回的行（可带要找的文字）"
    )
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_status)

    command = commands.add_parser("rules", parents=[common], help="三色规则：列出；check 检查；adopt 采用")
    command.add_argument("verb", nargs="?", choices=("check", "adopt"), metavar="check|adopt")
    command.add_argument("file", nargs="?", type=Path, metavar="规则文件")
    command.set_defaults(run=_rules)

    command = commands.add_parser("undo", parents=[common], help="撤销上一次装载")
    command.set_defaults(run=_undo)
    command = commands.add_parser("pin", parents=[common], help="保留一个快照（例会用过）")
    command.add_argument("name")
    command.add_argument("why")
    command.set_defaults(run=_pin)
    command = commands.add_parser("unpin", parents=[common], help="不再特意保留一个快照")
    command.add_argument("name")
    command.set_defaults(run=_unpin)
    return parser


def _template(asked: argparse.Namespace) -> Template | None:
    """The template named, or the one that the clerk's own mapping makes, kept for the next such file."""
    if not asked.map:
        return load_template(asked.template) if asked.template else None
    if not asked.ledger or asked.template:
        raise Trouble("用 --map 时要用 --ledger 指明台账，并且不能再给 --template。")
    raw = mapping(
        asked.ledger, asked.map, title=asked.save_template.stem if asked.save_template else "临时对应"
    )
    made = parsed(raw, "--map")
    if asked.save_template:
        save(raw, asked.save_template)
        _say(f"对应关系已存为模板 {asked.save_template}，下次用 --template 即可。")
    return made


def _wishes(asked: argparse.Namespace) -> Wishes:
    template = _template(asked)
    return Wishes(
        ledger=None if template else asked.ledger,
        template=template,
        system=asked.crs,
        limits=NO_LIMIT if asked.no_limit else None,
    )


def _check(store: Store, asked: argparse.Namespace) -> int:
    return _print(check(store, _files(asked), _wishes(asked), _progress), asked)


def _load(store: Store, asked: argparse.Namespace) -> int:
    if not asked.paths:
        published = store.publish()
        return _print(Report([], published.snapshot, list(published.mended)), asked)
    return _print(load(store, _files(asked), _wishes(asked), _progress), asked)


def _files(asked: argparse.Namespace) -> list[Source]:
    found = sources(asked.paths)
    if not asked.paths:
        raise Trouble("没有给出文件。请写明要检查的文件或文件夹。")
    if not found:
        raise Trouble("给出的文件夹里没有可以读取的文件（xlsx、xls、csv、tsv、geojson）。")
    return found


def _print(report: Report, asked: argparse.Namespace) -> int:
    if asked.json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        print(told(report))
    return report.exit_status


def _demo(store: Store, asked: argparse.Namespace) -> int:
    report = demo_street.build(store, asked.years, asked.scale, asked.folder, not asked.write_only, _say)
    if report is None:
        return 0
    print(told(report, most=3))
    return 0 if report.snapshot else report.exit_status


def _status(store: Store, asked: argparse.Namespace) -> int:
    if asked.rejected is not None:
        print(rejected_text(store, asked.rejected))
    elif asked.json:
        print(json.dumps(status_json(store), ensure_ascii=False, indent=1))
    else:
        print(status_text(store))
    return 0


def _rules(store: Store, asked: argparse.Namespace) -> int:
    if asked.verb is None:
        print(rule_terminal.listed(store))
    elif asked.file is None:
        raise Trouble(f"没有给出规则文件。请写成 python -m data rules {asked.verb} 文件。")
    else:
        do = rule_terminal.checked if asked.verb == "check" else rule_terminal.adopted
        print(do(store, asked.file))
    return 0


def _undo(store: Store, asked: argparse.Namespace) -> int:
    undone = store.undo()
    print(f"已撤销上一次装载：{'、'.join(undone.file_names)}。现在的快照是 {undone.snapshot}。")
    return 0


def _pin(store: Store, asked: argparse.Namespace) -> int:
    store.pin(asked.name, asked.why)
    print(f"已保留快照 {asked.name}：{asked.why}。")
    return 0


def _unpin(store: Store, asked: argparse.Namespace) -> int:
    store.unpin(asked.name)
    print(f"快照 {asked.name} 不再特意保留。")
    return 0


def _progress(text: str) -> None:
    """Tells how far a load has come, to somebody who watches."""
    if sys.stderr.isatty():
        _say(text)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main())
