"""What the server answers, asked without a server."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def answered(answer: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer, from a thread of its own: a browser of an earlier test keeps this one's loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, answer).result()
