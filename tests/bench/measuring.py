"""Measures what a child process or a call costs: time on the clock, processor time, memory. Unix only."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

HOUSE = Path(__file__).parents[2]
EVERY_S = 0.03
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Cost:
    """What something cost. `peak_mb`: the most that a process and its children held together, sampled."""

    wall_s: float
    cpu_s: float
    peak_mb: float = 0.0


def child(*words: str, ends: Collection[int] = (0,)) -> tuple[Cost, str]:
    """Runs `python words` in the house; its cost, its children's included, and what it printed.

    Raises RuntimeError with all it said where it ends otherwise than `ends` allows.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said, tempfile.TemporaryFile("w+") as complained:
        began = time.perf_counter()
        running = subprocess.Popen([sys.executable, *words], cwd=HOUSE, stdout=said, stderr=complained)
        peak = 0
        while True:
            ended, status, used = os.wait4(running.pid, os.WNOHANG)
            if ended:
                break
            peak = max(peak, _held(running.pid))
            time.sleep(EVERY_S)
        wall_s = time.perf_counter() - began
        running.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        if running.returncode not in ends:
            raise RuntimeError(
                f"{' '.join(words)} ended with {running.returncode}:\n{complained.read()[-4000:]}"
            )
        # ru_maxrss would count this process too: it is what the child was forked from
        return Cost(wall_s, used.ru_utime + used.ru_stime, peak / MEGABYTE), said.read()


def _held(pid: int) -> int:
    held = 0
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                held += process.memory_info().rss
    return held


def warm(call: Callable[[], object], times: int = 5) -> Cost:
    """The median cost of a call that was made once before."""
    call()
    walls, cpus = [], []
    for _ in range(times):
        cost = once(call)
        walls.append(cost.wall_s)
        cpus.append(cost.cpu_s)
    return Cost(median(walls), median(cpus))


def once(call: Callable[[], object]) -> Cost:
    """What one call costs, all threads of this process together."""
    began, cpu_began = time.perf_counter(), time.process_time()
    call()
    return Cost(time.perf_counter() - began, time.process_time() - cpu_began)
