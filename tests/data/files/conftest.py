"""Writing a file and opening it, or being refused, in one step."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.files import Limits, OpenedFile, open_file
from data.trouble import FileRefused

Opener = Callable[..., OpenedFile]
Refuser = Callable[..., str]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """opened("巡查.csv", data) -> OpenedFile; without data the file is already there."""

    def open_it(name: str, data: bytes | None = None, limits: Limits | None = None) -> OpenedFile:
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        scratch = tmp_path / "scratch"
        scratch.mkdir(exist_ok=True)
        return open_file(path, scratch, limits)

    return open_it


@pytest.fixture
def refused(opened: Opener) -> Refuser:
    """refused("巡查.csv", data) -> the reason; the message must be one sentence that names the file."""

    def refuse_it(name: str, data: bytes | None = None, limits: Limits | None = None) -> str:
        with pytest.raises(FileRefused) as caught:
            opened(name, data, limits)
        message = caught.value.message
        assert f"「{name}」" in message
        assert message.endswith("。")
        assert message.count("。") == 1
        return caught.value.reason

    return refuse_it
