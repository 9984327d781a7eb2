"""The house is kept: lint, format and types, as anyone who works here runs them."""

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parent.parent


def passes(*command: str) -> None:
    """Runs a tool as `python -m` in the house; its whole output is the failure's message."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    passes("ruff", "check", ".")


def test_the_code_is_formatted() -> None:
    passes("ruff", "format", "--check", ".")


def test_types_are_strict() -> None:
    passes("mypy")
