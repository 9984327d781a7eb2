"""The clerk's door as a program sees it: one JSON object, exit statuses, and nothing personal anywhere."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parents[2]
GRIDS = "社区,网格编码,网格名称\n幸福社区,WG-0101,第一网格\n幸福社区,WG-0102,第二网格\n"
HAZARDS = "隐患编号,发现日期,网格,隐患描述\nYH-1,2026-11-01,WG-0101,漏电\n"

NAMES = ["欧阳晓峰", "司徒婉清", "尉迟建国"]
PHONES = ["13812345678", "138 1234 5678", "0573-87012345"]
IDS = ["11010519491231002X", "110105 19491231 002X", "330481199003070010", "330481199003070014"]


@dataclass
class Desk:
    """A folder with office files, a warehouse beside it, and a way to run the program on them."""

    folder: Path

    @property
    def store(self) -> Path:
        return self.folder / "仓库"

    def put(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def run(self, *words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "data", *map(str, words)]
        settings = {
            "STREET_TODAY": "2026-11-22",
            "STREET_KEY_FILE": str(self.folder / "person.key"),
            "STREET_STORE": str(self.store),
        }
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | settings | environment, capture_output=True, encoding="utf-8"
        )

    def told(self, *words: object, **environment: str) -> tuple[int, dict[str, Any]]:
        """Exit status and the JSON object that is all of stdout."""
        done = self.run(*words, "--json", **environment)
        return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def _street(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    status, told = desk.told("load", desk.put("网格信息.csv", GRIDS))
    assert (status, told["files"][0]["accepted"]) == (0, {"grid": 2})
    return desk


@pytest.fixture
def desk(_street: Desk) -> Desk:
    """A desk whose warehouse knows two grids; shared, so tests bring bytes of their own."""
    return _street


def contents_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_load_prints_one_object_as_the_contract_has_it(desk: Desk) -> None:
    path = desk.put("隐患 台账（十一月）.csv", HAZARDS + "YH-2,2026/13/1,WG-0101,漏水\n")
    status, told = desk.told("load", path)
    assert status == 1
    assert set(told) == {"snapshot", "files"}
    (file,) = told["files"]
    assert file["path"] == str(path)
    assert len(file["sha256"]) == 64
    assert (file["ledger"], file["file_reason"], file["message"]) == ("hazard", None, "")
    assert (file["accepted"], file["merged"]) == ({"hazard": 1}, 0)
    assert file["rejected"] == [
        {
            "sheet": "",
            "row": 3,
            "heading": "发现日期",
            "value": "2026/13/1",
            "reason": "date_invalid",
            "message": "第3行「发现日期」是「2026/13/1」,应为日期,如 2026-11-22",
        }
    ]
    assert (desk.store / "snapshots" / f"{told['snapshot']}.duckdb").exists()


def test_a_check_changes_nothing(desk: Desk) -> None:
    before = contents_of(desk.store)
    status, told = desk.told("check", desk.put("查.csv", HAZARDS.replace("YH-1", "YH-50")))
    assert (status, told["snapshot"], told["files"][0]["accepted"]) == (0, None, {"hazard": 1})
    assert contents_of(desk.store) == before


def test_a_check_makes_no_warehouse(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    status, told = desk.told("check", desk.put("网格信息.csv", GRIDS))
    assert (status, told["files"][0]["accepted"]) == (0, {"grid": 2})
    assert not desk.store.exists()


@pytest.mark.parametrize(
    ("name", "text", "reasons", "status"),
    [
        ("全好.csv", HAZARDS.replace("YH-1", "YH-60"), [None], 0),
        ("有退.csv", HAZARDS.replace("YH-1", "YH-61") + "YH-62,,WG-0101,\n", [None], 1),
        ("全退.csv", "隐患编号,发现日期,网格\nYH-63,,WG-0101\n", [None], 2),
        ("只有表头.csv", "隐患编号,发现日期,网格\n", [None], 0),
        ("不识.csv", "商品,价格\n酱油,12\n", ["unknown_table"], 2),
        ("假的.xlsx", HAZARDS, ["type_mismatch"], 2),
        ("文档.docx", "x", ["unsupported_type"], 2),
        ("空.csv", "", ["file_empty"], 2),
    ],
)
def test_exit_statuses(desk: Desk, name: str, text: str, reasons: list[str | None], status: int) -> None:
    path = desk.put(name, text)
    for verb in ("check", "load"):
        found, told = desk.told(verb, path)
        assert (found, [file["file_reason"] for file in told["files"]]) == (status, reasons)
        assert (told["snapshot"] is not None) == (verb == "load" and status < 2)


def test_one_refused_file_beside_a_good_one_is_a_one(desk: Desk) -> None:
    good = desk.put("好的.csv", HAZARDS.replace("YH-1", "YH-70"))
    status, told = desk.told("load", good, desk.folder / "不存在.xlsx")
    assert status == 1
    assert [file["file_reason"] for file in told["files"]] == [None, "unreadable"]
    assert "找不到" in told["files"][1]["message"]


def test_the_same_file_again_has_no_effect(desk: Desk) -> None:
    path = desk.put("重复.csv", HAZARDS.replace("YH-1", "YH-80"))
    assert desk.told("load", path)[0] == 0
    before = sorted(contents_of(desk.store / "batches"))
    status, told = desk.told("load", path)
    assert (status, told["snapshot"], told["files"][0]["file_reason"]) == (2, None, "duplicate_file")
    assert told["files"][0]["accepted"] == {}
    assert sorted(contents_of(desk.store / "batches")) == before


def test_a_folder_is_everything_readable_in_it(desk: Desk) -> None:
    folder = desk.folder / "收到 的表"
    folder.mkdir()
    for name in ("二.csv", "~$二.xlsx", ".隐藏.csv", "说明.txt"):
        (folder / name).write_text(HAZARDS.replace("YH-1", "YH-90"), "utf-8")
    status, told = desk.told("check", folder)
    assert (status, [Path(file["path"]).name for file in told["files"]]) == (0, ["二.csv"])


def test_what_cannot_even_begin_still_answers_with_one_object(desk: Desk, tmp_path: Path) -> None:
    nothing = tmp_path / "空文件夹"
    nothing.mkdir()
    path = desk.put("起.csv", HAZARDS.replace("YH-1", "YH-95"))
    assert desk.told("load", nothing)[0] == 2
    assert desk.told("load", path, "--template", tmp_path / "没有.toml")[0] == 2


@pytest.mark.parametrize("words", [["load", "file"], ["check", "file"], ["status"], ["undo"]])
def test_a_store_that_is_no_folder_is_a_three(desk: Desk, tmp_path: Path, words: list[str]) -> None:
    path = desk.put("位.csv", HAZARDS.replace("YH-1", "YH-94"))
    blocked = tmp_path / "是文件"
    blocked.write_text("x")
    for store in (blocked, blocked / "仓库"):
        done = desk.run(*(path if word == "file" else word for word in words), "--store", store)
        assert done.returncode == 3
        said = f"仓库位置 {store} 不能用：{blocked} 是一个文件，不是文件夹；请用 --store 另选一个文件夹。\n"
        assert (done.stdout, done.stderr) == ("", said)


def test_a_store_that_cannot_be_made_is_a_three_without_english(desk: Desk) -> None:
    path = desk.put("处.csv", HAZARDS.replace("YH-1", "YH-93"))
    status, told = desk.told("load", path, "--store", "/proc/nowhere/store")
    assert (status, told["snapshot"], told["files"]) == (3, None, [])
    assert re.fullmatch(
        "仓库文件夹 /proc/nowhere/store 建不起来或写不进去（[^a-zA-Z]+）；"
        "请用 --store 另选一个可以写的文件夹。",
        told["message"],
    )


def test_a_load_of_known_files_tells_that_it_mended_the_newest_snapshot(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.told("load", desk.put("网格信息.csv", GRIDS))
    path = desk.put("隐患.csv", HAZARDS)
    damaged = desk.told("load", path)[1]["snapshot"]
    file = desk.store / "snapshots" / f"{damaged}.duckdb"
    file.write_bytes(file.read_bytes()[:1000])
    status, told = desk.told("load", path)
    assert (status, [file["file_reason"] for file in told["files"]]) == (2, ["duplicate_file"])
    assert told["notes"] == [f"最新的快照 {damaged} 已损坏，快照已修复：{told['snapshot']}。"]
    assert (desk.store / "snapshots" / f"{told['snapshot']}.duckdb").exists()
    file = desk.store / "snapshots" / f"{told['snapshot']}.duckdb"
    file.write_bytes(file.read_bytes()[:1000])
    said = desk.run("load", path).stdout
    assert "快照已修复：" in said and "没有装入新的数据" in said and "仓库没有变化" not in said
    assert "没有装入任何数据，仓库没有变化。" in desk.run("load", path).stdout


def test_a_file_of_which_nothing_is_taken_is_not_ticked(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    path = desk.put("隐患.csv", HAZARDS)
    lines = desk.run("check", path).stdout.splitlines()
    assert lines[0] == f"✗ {path}：采用 隐患台账 0 条，退回 1 行。"
    assert lines[1] == "    提示：仓库里还没有网格信息，请先装载网格信息表。"
    assert lines[2].startswith("    第2行「网格」是「WG-0101」")
    half = desk.put("半.csv", GRIDS + "幸福社区,,第三网格\n")
    assert desk.run("check", half).stdout.startswith(f"△ {half}：采用 网格信息 2 条，退回 1 行。")


def test_a_warehouse_that_cannot_grow_keeps_its_old_snapshot(desk: Desk) -> None:
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, -1));"
        "from data.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    before = contents_of(desk.store / "snapshots")
    path = desk.put("满.csv", HAZARDS.replace("YH-1", "YH-96"))
    environment = os.environ | {
        "STREET_TODAY": "2026-11-22",
        "STREET_KEY_FILE": str(desk.folder / "person.key"),
    }
    done = subprocess.run(
        [sys.executable, "-c", limited, "load", str(path), "--json", "--store", str(desk.store)],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout)["snapshot"]) == (3, None)
    assert contents_of(desk.store / "snapshots") == before
    assert desk.told("load", path)[0] == 0


def test_people_read_the_same_in_chinese(desk: Desk) -> None:
    path = desk.put("人读.csv", HAZARDS.replace("YH-1", "YH-97") + "YH-98,2026/13/1,WG-0101,漏水\n")
    done = desk.run("check", path)
    assert "采用 隐患台账 1 条，退回 1 行" in done.stdout
    assert "第3行「发现日期」是「2026/13/1」,应为日期,如 2026-11-22" in done.stdout
    assert done.stderr == ""


def personal_files(desk: Desk) -> Iterator[Path]:
    """Every place where a name, a phone or an identity number may hide."""
    flow = "日期,社区,流向,姓名,身份证号,联系电话,籍贯,企业名称,备注\n"
    rows = [
        f"2026-11-20,幸福社区,返乡,{NAMES[0]},{IDS[0]},{PHONES[0]},安徽,甲厂,{NAMES[0]}电话{PHONES[0]}",
        f"2026-11-20,幸福社区,返岗,{NAMES[1]},{IDS[3]},{PHONES[1]},安徽,甲厂,",
        f"2026-11-20,幸福社区,出差,{NAMES[2]},,{PHONES[2]},安徽{PHONES[0]},乙厂{PHONES[1]},",
        f"2026-13-20,幸福社区,返乡,{NAMES[2]},{IDS[2]},,{IDS[2]},{IDS[2]},",
        f"2026-11-21,幸福社区,返乡,{NAMES[1]},{IDS[2]},,安徽,甲厂,",
        f"2026-11-21,幸福社区,返乡,{NAMES[1]},{IDS[2]},,河南,甲厂,",
        f"{PHONES[0]},幸福社区,返乡,{NAMES[1]},,,河南,甲厂,",
        f"{IDS[2]},{IDS[0]},{PHONES[0]},{NAMES[1]},,,河南,甲厂,",
    ]
    yield desk.put("返乡 登记.csv", flow + "\n".join(rows) + "\n", "gb18030")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    head = [
        "隐患编号",
        "发现日期",
        "网格",
        "隐患描述",
        "责任单位",
        "企业名称",
        "整改责任人",
        "联系电话",
        "备注",
    ]
    tail = ["漏电", "甲", "乙", NAMES[0], PHONES[0], f"请打{PHONES[1]}或{PHONES[2]}"]
    for row in (
        head,
        ["YH-P1", "2026-11-01", "WG-0101", f"业主证号{IDS[0]}，电话：{PHONES[0]}", *tail[1:]],
        [
            "YH-P2",
            "2026-11-01",
            "WG-0101",
            "漏电",
            f"甲{IDS[1]}",
            f"乙{PHONES[1]}",
            NAMES[1],
            PHONES[2],
            "１３８１２３４５６７８",
        ],
        ["YH-P3", f"见{PHONES[0]}", "WG-0101", f"证{IDS[2]}", *tail[1:]],
        ["YH-P4", "2026-11-01", f"{IDS[2]}", *tail],
        [IDS[2], "2026-11-01", "WG-0101", *tail],
        [IDS[0], "2026-11-02", "WG-0101", *tail],
        [PHONES[0], "2026-11-03", "WG-0101", *tail],
        [PHONES[0], "2026-11-04", "WG-0101", *tail],
    ):
        sheet.append(row)
    path = desk.folder / "隐患 台账.xlsx"
    book.save(path)
    yield path
    firms = "统一社会信用代码,企业名称,网格,联系人,联系电话,行业\n"
    yield desk.put("企业.csv", f"{firms}{IDS[0]},甲厂,WG-0101,{NAMES[0]},{PHONES[0]},五金{PHONES[0]}\n")
    yield desk.put(
        "巡查.csv",
        "巡查时间,网格,巡查人,巡查方式,巡查内容\n"
        f"2026-11-01 09:00,WG-0101,{NAMES[0]}、{NAMES[1]},步巡,见{NAMES[2]}\n"
        f"2026-11-01 09:00,WG-0109,{NAMES[0]},步巡,{IDS[0]}\n",
    )


def spellings(secret: str) -> Iterator[bytes]:
    for text in {secret, secret.replace(" ", "").replace("-", "")}:
        for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
            yield text.encode(encoding)
        yield json.dumps(text).strip('"').encode()


def unpacked(store: Path) -> Iterator[tuple[str, bytes]]:
    """What compression hides from a search of the bytes: every table of every Parquet file and snapshot."""
    for path in store.rglob("*.parquet"):
        yield f"rows of {path}", str(pq.read_table(path).to_pylist()).encode()
    for path in store.rglob("*.duckdb"):
        with duckdb.connect(path, read_only=True) as street:
            for (table,) in street.execute("select table_name from duckdb_tables()").fetchall():
                rows = street.execute(f'select * from "{table}"').fetchall()
                yield f"{table} of {path}", str(rows).encode()


def test_nothing_personal_is_kept_or_said(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.told("load", desk.put("网格信息.csv", GRIDS))
    paths = list(personal_files(desk))
    runs = [desk.run(verb, *paths, *as_json) for verb in ("check", "load") for as_json in ((), ("--json",))]
    runs += [desk.run("status", "--rejected"), desk.run("status", "--json")]
    assert [run.returncode for run in runs] == [1, 1, 1, 2, 0, 0], [run.stderr for run in runs]
    said = "".join(run.stdout + run.stderr for run in runs).encode()
    stored = {**contents_of(desk.store), **dict(unpacked(desk.store))}
    # A patrol's remark may name whom it met: only what stands in the columns of persons is a worker's name.
    for secret in [*NAMES[:2], *PHONES, *IDS]:
        for written in spellings(secret):
            assert written not in said, secret
            assert [name for name, data in stored.items() if written in data] == [], secret


def test_rows_known_by_a_personal_number_stay_apart(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.told("load", desk.put("网格信息.csv", GRIDS))
    _, told = desk.told("check", *personal_files(desk))
    flow, hazards, firms, patrols = told["files"]
    assert [(each["row"], each["reason"], each["value"]) for each in flow["rejected"]] == [
        (3, "bad_id_number", "***"),
        (4, "unknown_direction", "出差"),
        (5, "date_invalid", "2026-13-20"),
        (6, "duplicate_conflict", ""),
        (7, "duplicate_conflict", ""),
        (8, "date_invalid", "〔电话〕"),
        (9, "date_invalid", "〔证件号〕"),
    ]
    assert flow["accepted"] == {"population_flow": 1}
    assert [(each["row"], each["reason"]) for each in hazards["rejected"]] == [
        (4, "date_invalid"), (5, "unknown_grid"), (8, "duplicate_conflict"), (9, "duplicate_conflict"),
    ]  # fmt: skip
    assert hazards["accepted"] == {"hazard": 4}
    assert (firms["accepted"], patrols["accepted"]) == ({"enterprise": 1}, {"patrol_log": 1})


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB of its own: an empty street takes 6, twice while it is built anew."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("这台机器不许挂载小文件系统")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_disk_that_fills_up_is_a_three_whatever_was_being_read(
    tmp_path: Path, small_disk: Path, ending: str
) -> None:
    desk = Desk(tmp_path)
    store = small_disk / "仓库"
    assert desk.told("load", desk.put("网格信息.csv", GRIDS), "--store", store)[0] == 0
    rows = [[f"YH-{number}", "2026-11-01", "WG-0101", f"{number}号" * 40] for number in range(30_000)]
    head = ["隐患编号", "发现日期", "网格", "隐患描述"]
    path = desk.folder / f"大.{ending}"
    if ending == "csv":
        path.write_text("\n".join(",".join(row) for row in (head, *rows)), "utf-8")
    else:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("一")
        for row in (head, *rows):
            sheet.append(row)
        book.save(path)
    status, told = desk.told("load", path, "--store", store)
    assert (status, told["snapshot"]) == (3, None)
    assert "写不进去" in told["message"]
    small = desk.put("小.csv", HAZARDS)
    assert desk.told("load", small, "--store", store)[0] == 0


def test_a_mapping_given_by_hand_can_be_kept_as_a_template(desk: Desk, tmp_path: Path) -> None:
    foreign = desk.put("外来.csv", "Case,Opened,Zone\nF-1,2026-11-02,WG-0101\n")
    kept = tmp_path / "外来登记.toml"
    pairs = [
        word
        for pair in ("hazard_no=Case", "reported_at=Opened", "grid_code=Zone")
        for word in ("--map", pair)
    ]
    status, told = desk.told("check", foreign, "--ledger", "hazard", *pairs, "--save-template", kept)
    assert (status, told["files"][0]["accepted"]) == (0, {"hazard": 1})
    status, told = desk.told("check", foreign, "--template", kept)
    assert (status, told["files"][0]["accepted"]) == (0, {"hazard": 1})
