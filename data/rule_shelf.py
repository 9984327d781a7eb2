"""Which three-colour rules there are: the shipped drafts, and those adopted, kept with the warehouse.

An adopted file's name carries its hash. It is never changed: another rule is another file with a later day.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from data.rules import SCHEME_WORDS, SCHEMES, Rule, rule
from data.settings import PACKAGE
from data.store import durable
from data.trouble import Trouble

SHIPPED = PACKAGE / "reference" / "three_colour"
FOLDER = "rules"
HASH_LENGTH = 12


def shipped(scheme: str) -> Rule:
    """The draft that comes with the program."""
    return read(SHIPPED / f"{scheme}.toml")


def read(path: Path) -> Rule:
    """The rule of a file. Raises Trouble where it cannot be read or something in it has to be mended."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError:
        raise Trouble(f"读不到规则文件「{path}」，请核对路径。") from None
    except UnicodeDecodeError:
        raise Trouble(f"规则文件「{path.name}」不是 UTF-8 编码，请另存为 UTF-8。") from None
    return rule(text, path.name)


def adopted(store: Path) -> list[Path]:
    """The files of the rules that the office adopted."""
    return sorted((store / FOLDER).glob("*.toml"))


def rules(store: Path) -> dict[str, tuple[Rule, ...]]:
    """Every scheme's rules in the order of their days, the shipped draft first.

    Raises Trouble where an adopted file was changed after its adoption: its history would be rewritten.
    """
    found = {scheme: [shipped(scheme)] for scheme in SCHEMES}
    for path in adopted(store):
        known = read(path)
        if path.name != _name(known):
            raise Trouble(
                f"规则文件「{path.name}」在采用后被改动过。采用过的规则不能改，否则历史颜色会跟着变："
                "请从备份恢复原文件；要改规则，请另写一份、换新的生效日期，"
                "再用 python -m data rules adopt 采用。"
            )
        found[known.scheme].append(known)
    return {scheme: tuple(sorted(each, key=lambda own: own.effective_from)) for scheme, each in found.items()}


def adoptable(store: Path, path: Path, today: date) -> Rule:
    """A file's rule, if it could be adopted today.

    Raises Trouble, with everything that stands against it, where something in it has to be mended, where it
    would change a day that is over, or where another rule begins on its day or has its version.
    """
    chosen = read(path)
    against = [*_against(chosen, rules(store)[chosen.scheme], today)]
    if against:
        listed = "".join(f"\n{number}. {each}。" for number, each in enumerate(against, 1))
        raise Trouble(f"规则文件「{path.name}」写得对，但现在不能采用：{listed}")
    return chosen


def adopt(store: Path, path: Path, today: date) -> tuple[Rule, bool]:
    """Keep a rule file with the warehouse, so that it applies from its day on; the rule, and if that is new.

    Raises Trouble as `adoptable` does. Call it only while holding the store's lock.
    """
    chosen = adoptable(store, path, today)
    place = store / FOLDER / _name(chosen)
    if place.exists():
        return chosen, False
    place.parent.mkdir(parents=True, exist_ok=True)
    durable.write_text(place, chosen.text)
    return chosen, True


def withdraw(store: Path, chosen: Rule) -> None:
    """Take back a rule that was adopted just now and that no snapshot could be built by."""
    (store / FOLDER / _name(chosen)).unlink(missing_ok=True)


def fingerprint(store: Path) -> str:
    """A hash of every adopted rule, for what follows from them."""
    said = hashlib.sha256()
    for path in adopted(store):
        said.update(path.name.encode() + b"\0" + path.read_bytes())
    return said.hexdigest()


def _against(chosen: Rule, known: Sequence[Rule], today: date) -> Iterator[str]:
    if chosen.effective_from < today:
        yield (
            f"生效日期 {chosen.effective_from} 已经过去，规则不改历史，"
            f"请把 effective_from 改成 {today} 或更晚"
        )
    word = SCHEME_WORDS[chosen.scheme]
    for each in known:
        if each.digest == chosen.digest:
            continue
        if each.effective_from == chosen.effective_from:
            yield (
                f"{word}已有一份 {each.effective_from} 生效的规则（版本 {each.version}），请换一个生效日期"
            )
        if each.version == chosen.version:
            yield f"{word}已有版本「{each.version}」的规则而内容不同，请换一个 version"


def _name(chosen: Rule) -> str:
    return f"{chosen.scheme}-{chosen.effective_from}-{chosen.digest[:HASH_LENGTH]}.toml"
