"""Keeps persons out of the warehouse: a keyed token for a person, marks for the numbers in a remark.

A plain hash of an identity number is undone by trying all of them; a keyed one is not, as long as the key
stays apart from the warehouse and its backups.
"""

import hashlib
import hmac
import os
import secrets
import sys
from pathlib import Path

from data.cleaning.scrubbing import scrub as scrub
from data.trouble import Trouble

KEY_BYTES = 32
_BETWEEN_PARTS = "\x1f"


def key_file() -> Path:
    """Where the key lies: `STREET_KEY_FILE`, else the folder for settings of whoever runs the program."""
    chosen = os.environ.get("STREET_KEY_FILE", "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return folder / "jieqing-kanban" / "person.key"


def load_key() -> bytes:
    """The office's key, made on first use. Raises: Trouble if it cannot be read, made, or is no key."""
    path = key_file()
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_bytes()
    except OSError as error:
        raise Trouble(
            f"人员密钥文件「{path}」无法读取或创建（{error.strerror}），"
            "请检查文件夹权限，或用环境变量 STREET_KEY_FILE 指定别处。"
        ) from error
    if len(key) != KEY_BYTES:
        raise Trouble(
            f"人员密钥文件「{path}」应为 {KEY_BYTES} 字节，现为 {len(key)} 字节，可能已损坏；"
            "请从保管处取回原密钥，换用新密钥后同一人会被当成两个人。"
        )
    return key


def token(key: bytes, *parts: str) -> str:
    """32 hex digits that stand for a person: the same for the same parts, and no way back without the key."""
    told = _BETWEEN_PARTS.join(parts).encode("utf-8")
    return hmac.new(key, told, hashlib.sha256).hexdigest()[:32]


def fingerprint(key: bytes) -> str:
    """8 hex digits by which a warehouse notices that its tokens were made with another key."""
    return hmac.new(key, b"fingerprint", hashlib.sha256).hexdigest()[:8]


def _make_key(path: Path) -> None:
    """Write a new key under another name, then give it the real one, which only one process can do.

    So nobody ever reads half a key, and of two processes that start together both use the same.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        _name_unless_taken(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _name_unless_taken(aside: Path, path: Path) -> None:
    try:
        if os.name == "nt":
            aside.rename(path)  # on Windows a rename never replaces
        else:
            os.link(aside, path)
    except FileExistsError:
        pass
