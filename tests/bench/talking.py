"""A visitor without a browser: speaks Streamlit's websocket as one does, and counts what the server sends."""

import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 300


@dataclass(frozen=True)
class Run:
    """One run of a page's script as its visitor saw it.

    `wall_s`: from asking until the script had finished and all was here. `sent`: bytes of the messages;
    `packed`: of these as they crossed the wire, compressed.
    """

    wall_s: float
    sent: int
    packed: int


class _Counted(socket.socket):
    """A socket that counts what it receives."""

    received = 0

    def recv(self, size: int, flags: int = 0) -> bytes:
        """As the socket's own."""
        said = super().recv(size, flags)
        self.received += len(said)
        return said


@dataclass
class Visitor:
    """One session on one page. It remembers the large messages, as a browser does, so none is sent twice."""

    _wire: ClientConnection
    _socket: _Counted
    _page: str
    _query: str
    _held: set[str] = field(default_factory=set)
    _choices: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def options(self, label: str) -> tuple[str, ...]:
        """What may be chosen in the filter of that label; empty where the page has none."""
        return self._choices.get(label, ("", ()))[1]

    def run(self, **chosen: Sequence[str]) -> Run:
        """Run the script with these filters chosen (by label), and wait until all is here.

        Raises RuntimeError where the script ends in a fault.
        """
        asking = BackMsg()
        asking.rerun_script.query_string = self._query
        asking.rerun_script.page_name = self._page
        asking.rerun_script.cached_message_hashes.extend(sorted(self._held))
        for label, values in chosen.items():
            widget = asking.rerun_script.widget_states.widgets.add(id=self._choices[label][0])
            widget.string_array_value.data.extend(values)
        received, sent, began = self._socket.received, 0, time.perf_counter()
        self._wire.send(asking.SerializeToString())
        while True:
            said = self._wire.recv(timeout=PATIENCE_S)
            sent += len(said)
            message = ForwardMsg.FromString(said if isinstance(said, bytes) else said.encode())
            if message.WhichOneof("type") == "script_finished" and self._is_over(message):
                wall_s = time.perf_counter() - began
                return Run(wall_s, sent, self._socket.received - received)
            self._note(message)

    def _is_over(self, message: ForwardMsg) -> bool:
        """A script that stopped for a rerun has not finished: another run follows at once."""
        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise RuntimeError(f"{self._page or 'the first page'}: the script could not be compiled")
        return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _note(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable and message.hash:
            self._held.add(message.hash)
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(f"{self._page or 'the first page'}: {element.exception.message}")
        if element.WhichOneof("type") == "multiselect":
            select = element.multiselect
            self._choices[select.label] = (select.id, tuple(select.options))


@contextmanager
def visitor(address: str, page: str, query: Mapping[str, str]) -> Iterator[Visitor]:
    """A new session on a page, by its name in the address ("" for the first), with the link's filters."""
    place = urlsplit(address)
    assert place.hostname and place.port
    counted = _Counted(socket.AF_INET, socket.SOCK_STREAM)
    counted.connect((place.hostname, place.port))
    stream = f"ws://{place.netloc}/_stcore/stream"
    with connect(stream, sock=counted, subprotocols=["streamlit"], max_size=None) as wire:  # type: ignore[list-item]
        yield Visitor(wire, counted, page, urlencode(query))
