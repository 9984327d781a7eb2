"""The key that stands between the warehouse and the persons in it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from data.cleaning.personal import fingerprint, key_file, load_key, token
from data.trouble import Trouble

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    chosen = tmp_path / "keys" / "person.key"
    monkeypatch.setenv("STREET_KEY_FILE", str(chosen))
    return chosen


def test_the_key_is_made_on_first_use_and_kept(path: Path) -> None:
    key = load_key()
    assert len(key) == 32
    assert load_key() == key == path.read_bytes()
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_only_its_owner_may_read_the_key(path: Path) -> None:
    load_key()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_key_lies_outside_the_repository_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STREET_KEY_FILE", raising=False)
    assert not key_file().is_relative_to(REPOSITORY)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_key_of_another_length_is_trouble_and_stays_untouched(path: Path, length: int) -> None:
    path.parent.mkdir()
    path.write_bytes(b"k" * length)
    with pytest.raises(Trouble, match=rf"人员密钥文件「.*」应为 32 字节，现为 {length} 字节"):
        load_key()
    assert path.read_bytes() == b"k" * length


def test_a_key_that_cannot_be_read_is_trouble(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(Trouble, match="无法读取或创建"):
        load_key()


def test_a_folder_that_cannot_be_made_is_trouble(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")
    with pytest.raises(Trouble, match="无法读取或创建"):
        load_key()


def test_processes_that_start_together_end_with_one_key(path: Path) -> None:
    program = (
        "import sys; from data.cleaning.personal import load_key; sys.stdin.read(); print(load_key().hex())"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
        )
        for _ in range(6)
    ]
    for run in runs:
        assert run.stdin is not None
        run.stdin.close()
        run.stdin = None
    keys = {run.communicate()[0].strip() for run in runs}
    assert keys == {path.read_bytes().hex()}
    assert list(path.parent.iterdir()) == [path]


def test_a_token_is_the_same_for_the_same_person_only() -> None:
    key = bytes(range(32))
    assert token(key, "330481199001011236") == "33a5d5def86ed73af95c35fee932bfa8"
    assert token(key, "a", "bc") != token(key, "ab", "c")
    assert token(key, "a") != token(bytes(32), "a")
    assert token(key, "a") == token(key, "a")


def test_a_fingerprint_tells_keys_apart() -> None:
    assert fingerprint(bytes(32)) == "2c3767ec"
    assert fingerprint(bytes(32)) != fingerprint(bytes(range(32)))
