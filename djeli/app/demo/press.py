"""The invented press: outlets with their articles, on a real HTTP server that only this machine can reach.

A feed shows what is published by the moment of the given clock, newest first, and answers 304 to
whoever has seen it. All outlets live on one port; the Host header tells them apart.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from types import TracebackType

import yaml

from djeli.app.demo import pages
from djeli.app.demo.pages import Outlet, Piece
from djeli.core.clock import Clock

LOOPBACK = "127.0.0.1"


async def resolve(host: str, port: int) -> Sequence[str]:
    """Every name of the demo's web is this machine, so nothing can reach the real one."""
    return [LOOPBACK]


def outlets() -> tuple[Outlet, ...]:
    """The bundled outlets, in the order of their files."""
    folder = resources.files("djeli.app.demo") / "outlets"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(_outlet(file.read_text(encoding="utf-8")) for file in files)


def _outlet(text: str) -> Outlet:
    data = yaml.safe_load(text)
    pieces = tuple(
        Piece(
            path=f"/{piece['path']}",
            published=datetime.fromisoformat(piece["published"]),
            title=piece["title"],
            summary=piece["summary"],
            paragraphs=tuple(" ".join(part.split()) for part in piece["text"].split("\n\n")),
        )
        for piece in data["articles"]
    )
    return Outlet(data["name"], data["host"], data["language"], data["format"], pieces)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer of the server; an empty one is 404."""

    body: bytes = b""
    kind: str = "text/plain"

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class Press:
    """Serves the outlets on a free port of 127.0.0.1 until the `with` block ends."""

    def __init__(self, outlets: Sequence[Outlet], clock: Clock) -> None:
        self._outlets, self._clock = {outlet.host: outlet for outlet in outlets}, clock
        self._server = ThreadingHTTPServer((LOOPBACK, 0), _handler_of(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Press:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """The port all outlets share."""
        return int(self._server.server_address[1])

    def feeds(self) -> Iterator[tuple[Outlet, str]]:
        """Each outlet with the address of its feed."""
        for outlet in self._outlets.values():
            yield outlet, f"{self._base(outlet)}{outlet.feed}"

    def answer(self, host: str, path: str) -> _Answer:
        """What an outlet gives at a path at this moment."""
        outlet = self._outlets.get(host)
        if outlet is None:
            return _Answer()
        shown = [piece for piece in outlet.pieces if piece.published <= self._clock()]
        if path == outlet.feed:
            kind = f"application/{outlet.format}+xml; charset=utf-8"
            return _Answer(pages.feed(outlet, shown, self._base(outlet)).encode(), kind)
        found = next((piece for piece in shown if piece.path == path), None)
        if found is None:
            return _Answer()
        return _Answer(pages.page(outlet, found).encode(), "text/html; charset=utf-8")

    def _base(self, outlet: Outlet) -> str:
        return f"http://{outlet.host}:{self.port}"


def _handler_of(press: Press) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer, shortly when the asker knows the answer already."""
            answer = press.answer(self.headers.get("Host", "").partition(":")[0], self.path)
            seen = bool(answer.body) and self.headers.get("If-None-Match") == answer.etag
            self.send_response(304 if seen else 200 if answer.body else 404)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", "0" if seen else str(len(answer.body)))
            self.send_header("ETag", answer.etag)
            self.end_headers()
            if not seen:
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the terminal belongs to the chat."""

    return Handler
