"""The clerk's door: files are tried out first and change nothing until the clerk says so."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from data.files import UPLOAD_LIMITS
from data.intake.load import READABLE, Source, check, load
from data.intake.report import Report
from data.intake.take import Wishes
from pages.parts import ask, outcome, rights

WISHES = Wishes(limits=UPLOAD_LIMITS)
_TRIED, _TURN, _DONE = "upload_tried", "upload_turn", "upload_done"
Uploaded = Sequence["st.runtime.uploaded_file_manager.UploadedFile"]


def is_open() -> bool:
    """Whether this server may take files in: an administrator says so with STREET_UPLOAD=1."""
    return os.environ.get("STREET_UPLOAD") == "1" and rights.LOAD in rights.held()


def show() -> None:
    """Choose files, see what each would bring and what would be turned away, then load them or not."""
    if done := st.session_state.pop(_DONE, None):
        outcome.show(done, is_loaded=True)
    files = st.file_uploader(
        "把本周的台账拖到这里，或点按选择文件。可以一次放多个；先试读，不会改动任何数据。",
        type=[ending.lstrip(".") for ending in READABLE],
        accept_multiple_files=True,
        key=f"upload_{st.session_state.get(_TURN, 0)}",
    )
    if not files:
        return
    report = _tried(files)
    takeable = sum(1 for each in report.files if each.taken)
    if takeable and st.button(f"确认导入 {takeable} 个文件", type="primary", key="upload_commit"):
        st.session_state[_DONE] = _with_files(files, "正在导入……", load)
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        st.rerun()
    outcome.show(report, is_loaded=False)


def _tried(files: Uploaded) -> Report:
    """The dry run, once for the same files on the same snapshot."""
    newest = next(iter(ask.warehouse().names()), "")
    state = (newest, *(hashlib.sha256(file.getvalue()).hexdigest() for file in files))
    kept = st.session_state.get(_TRIED)
    if kept and kept[0] == state:
        report: Report = kept[1]
        return report
    report = _with_files(files, "正在试读……", check)
    st.session_state[_TRIED] = (state, report)
    return report


def _with_files(files: Uploaded, doing: str, work: Callable[..., Report]) -> Report:
    with _on_disk(files) as sources, st.status(doing, expanded=True) as status:
        report = work(ask.warehouse(), sources, WISHES, st.write)
        status.update(label="已读完。", state="complete", expanded=False)
    return report


@contextmanager
def _on_disk(files: Uploaded) -> Iterator[list[Source]]:
    """The bytes under names of our own, so that a strange file name can do nothing; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="street-upload-") as folder:
        sources = []
        for number, file in enumerate(files):
            path = Path(folder) / str(number)
            path.write_bytes(file.getvalue())
            sources.append(Source(path, Path(file.name).name))
        yield sources
