"""Starts the dashboard as an office would, on a street of its own, and stops what it started."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-22"
PATIENCE_S = 60


@contextmanager
def dashboard(store: Path, log: Path, **environment: str) -> Iterator[str]:
    """The address of a dashboard that shows the warehouse in `store`; it is stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    known = {**os.environ, "STREET_STORE": str(store), "STREET_TODAY": TODAY, **environment}
    with (
        log.open("w") as said,
        subprocess.Popen(command, cwd=ROOT, env=known, stdout=said, stderr=said) as server,
    ):
        try:
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        assert server.poll() is None, "the dashboard ended while starting"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the dashboard did not answer within {PATIENCE_S} s")
