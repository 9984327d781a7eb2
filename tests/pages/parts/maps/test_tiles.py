"""The base map: none unless named, a folder's tiles and nothing else of it, one named machine let through."""

from pathlib import Path

import pytest
from starlette.requests import Request

from pages.parts import policy
from pages.parts.maps import tiles
from tests.pages.parts.maps.answering import answered

SERVICE = "https://tiles.example/{z}/{x}/{y}?tk=1"


def asked(z: int, x: int, y: int) -> int:
    parts = {"z": z, "x": x, "y": y}
    answer = answered(
        tiles.answer(Request({"type": "http", "method": "GET", "path_params": parts, "headers": []}))
    )
    return answer.status_code


def allowed() -> str:
    return dict(policy.headers(tiles.origin()))[b"content-security-policy"].decode()


def test_nothing_is_named_and_nothing_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STREET_TILES", raising=False)
    assert tiles.address() == tiles.style() == tiles.origin() == ""
    assert asked(14, 1, 1) == 404
    assert "connect-src 'self';" in allowed()


def test_a_named_service_alone_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREET_TILES", SERVICE)
    assert tiles.address() == SERVICE
    assert tiles.style().startswith("/maps/")
    assert "connect-src 'self' https://tiles.example;" in allowed()
    assert "img-src 'self' data: blob: https://tiles.example;" in allowed()
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval';" in allowed()
    assert asked(14, 1, 1) == 404


@pytest.mark.parametrize("named", ["https://tiles.example/{z}/{x}", "ftp://x/{z}/{x}/{y}", "/no/such/folder"])
def test_what_cannot_be_used_is_no_base_map(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("STREET_TILES", named)
    assert tiles.address() == ""


def test_an_address_cannot_widen_the_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREET_TILES", "https://a.example; script-src *; x {z}{x}{y}")
    assert tiles.origin() == ""
    assert "script-src *" not in allowed()


def test_a_folder_gives_its_tiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "14" / "3").mkdir(parents=True)
    (tmp_path / "14" / "3" / "5.png").write_bytes(b"png")
    monkeypatch.setenv("STREET_TILES", str(tmp_path))
    assert asked(14, 3, 5) == 200
    assert asked(14, 3, 6) == 404
    assert tiles.origin() == ""
