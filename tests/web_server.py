"""A real web server on 127.0.0.1 that answers as it is told, and remembers what it was asked.

with WebServer() as web:
    web.serve("/feed", body, etag='"1"')
    ... web.url("/feed") ... web.requests
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


@dataclass(frozen=True)
class Asked:
    """One request that arrived; header names in lower case."""

    path: str
    headers: dict[str, str]
    at: float = field(default_factory=time.monotonic)


@dataclass
class _Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    length: int | None = None  # a lie about the length
    held: threading.Event | None = None  # waits for it after `sent` bytes of the body
    sent: int = 0
    endless: bool = False


class WebServer:
    """Serves programmed answers on a free port of `host` until the `with` block ends."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.requests: list[Asked] = []
        self.most_at_once = 0  # requests that were being answered at the same time
        self._open = 0
        self._change = threading.Condition()
        self._answers: dict[str, _Answer] = {}
        self._server = ThreadingHTTPServer((host, 0), _handler_of(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> WebServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for answer in self._answers.values():
            if answer.held is not None:
                answer.held.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        """The requests for one path."""
        return [request for request in self.requests if request.path == path]

    def serve(
        self,
        path: str,
        body: bytes | str = b"",
        headers: Mapping[str, str] | None = None,
        status: int = 200,
        etag: str | None = None,
        packed: bool = False,
        length: int | None = None,
    ) -> None:
        """Answer `path` with this from now on.

        `etag`: answer 304 to whoever has it. `packed`: gzip the body. `length`: the Content-Length to
        claim instead of the true one; the connection is closed after the body.
        """
        data = body.encode() if isinstance(body, str) else body
        known = {"Content-Encoding": "gzip"} if packed else {}
        data = gzip.compress(data) if packed else data
        self._answers[path] = _Answer(data, status, {**known, **(headers or {})}, etag, length)

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self._answers[path] = _Answer(status=status, headers={"Location": to})

    def hold(self, path: str, body: bytes | str = b"", sent: int = 0) -> threading.Event:
        """Send the head and `sent` bytes of the body, the rest only when the event is set."""
        data = body.encode() if isinstance(body, str) else body
        event = threading.Event()
        self._answers[path] = _Answer(data, held=event, sent=sent)
        return event

    def endless(
        self, path: str, chunk: bytes = b" " * 65536, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send `chunk` again and again until the other side has enough."""
        self._answers[path] = _Answer(chunk, headers=dict(headers or {}), endless=True)

    def wait_for(self, count: int, seconds: float = 20) -> None:
        """Return when so many requests have arrived; fails when they do not come."""
        with self._change:
            assert self._change.wait_for(lambda: len(self.requests) >= count, seconds)

    def answered(self) -> None:
        with self._change:
            self._open -= 1

    def answer(self, request: Asked) -> _Answer:
        with self._change:
            self.requests.append(request)
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
            self._change.notify_all()
        found = self._answers.get(request.path) or _Answer(b"nothing here", 404)
        if found.etag is not None and request.headers.get("if-none-match") == found.etag:
            return _Answer(status=304, etag=found.etag)
        return found


def _handler_of(web: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = web.answer(Asked(self.path, headers))
            self.close_connection = True
            try:
                self._head(answer)
                self._body(answer)
            except OSError:
                return  # the other side has enough

        def _head(self, answer: _Answer) -> None:
            self.send_response(answer.status)
            names = {name.lower() for name in answer.headers}
            if "content-type" not in names and answer.status != 304:
                self.send_header("Content-Type", _type_of(answer.body))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.etag is not None:
                self.send_header("ETag", answer.etag)
            if not answer.endless and answer.status != 304:
                self.send_header("Content-Length", str(answer.length or len(answer.body)))
            self.send_header("Connection", "close")
            self.end_headers()

        def _body(self, answer: _Answer) -> None:
            if answer.held is not None:
                self.wfile.write(answer.body[: answer.sent])
                answer.held.wait()
            web.answered()  # before the last byte leaves, or the next request overtakes it
            self.wfile.write(answer.body[answer.sent :])
            while answer.endless:
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            return  # tests are quiet

    return Handler


def _type_of(body: bytes) -> str:
    head = body[:200].lstrip().lower()
    return "application/rss+xml" if head.startswith((b"<?xml", b"<rss", b"<feed")) else "text/html"


def rss(*items: Mapping[str, str], title: str = "Test", language: str = "fr", extra: str = "") -> bytes:
    """An RSS 2.0 document; each item is a mapping of element names to escaped text."""
    inside = "".join(
        "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in item.items()) + "</item>"
        for item in items
    )
    channel = f"<channel><title>{title}</title><language>{language}</language>{extra}{inside}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{channel}</rss>'.encode()


def article_page(title: str, paragraphs: list[str], head: str = "", lang: str = "fr") -> str:
    """A news page as a publication would serve it: navigation, article, footer."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title>{head}</head><body>'
        '<nav><ul><li><a href="/">Accueil</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
        f"<article><h1>{title}</h1>{text}</article><footer><p>Tous droits réservés</p></footer></body></html>"
    )
