"""What maps fetch by themselves: polygons and cells, lent to browsers by content, so that each travels once.

An address is the content's own hash: nobody can ask for what no page has shown them, and a browser that has
it never asks again. Sent with the page instead, two thousand grids would travel anew with every filter.
"""

import gzip
import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

SHELF = "/maps"
LARGEST_BYTES = 96 * 2**20
FOR_EVER = "private, max-age=31536000, immutable"


@dataclass(frozen=True)
class Sheet:
    """One file, packed as it travels."""

    name: str
    packed: bytes


def sheet(content: Any) -> Sheet:
    """Plain lists and dicts as a compact file."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return Sheet(f"{hashlib.sha256(written).hexdigest()[:40]}.json", gzip.compress(written, 6, mtime=0))


class _Shelf:
    """The sheets lent lately, the longest unasked for put away first."""

    def __init__(self) -> None:
        self._lent: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._turn = threading.Lock()

    def lend(self, each: Sheet) -> str:
        """The address of a sheet, on this server."""
        with self._turn:
            if each.name not in self._lent:
                self._lent[each.name] = each.packed
                self._bytes += len(each.packed)
            self._lent.move_to_end(each.name)
            while self._bytes > LARGEST_BYTES and len(self._lent) > 1:
                self._bytes -= len(self._lent.popitem(last=False)[1])
        return f"{root()}{SHELF}/{each.name}"

    def find(self, name: str) -> bytes | None:
        """The sheet of that name, packed."""
        with self._turn:
            return self._lent.get(name)


_SHELF = _Shelf()
lend = _SHELF.lend


def root() -> str:
    """What stands before every path of this server, where an office serves it below another address."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def read(address: str) -> Any:
    """What lies at an address lent before: for tests and for whoever wants to look."""
    packed = _SHELF.find(address.rpartition("/")[2])
    return None if packed is None else json.loads(gzip.decompress(packed))


async def answer(request: Request) -> Response:
    """What a browser gets that asks for a sheet by its name."""
    packed = _SHELF.find(request.path_params["name"])
    if packed is None:
        return PlainTextResponse("not lent", 404)
    headers = {"cache-control": FOR_EVER, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, 200, {**headers, "content-encoding": "gzip"}, "application/json")
    return Response(gzip.decompress(packed), 200, headers, "application/json")


ROUTE = Route(SHELF + "/{name}", answer)
