"""Parsing in processes that can be killed: no document costs more than five seconds and itself.

A thread cannot be stopped, and both parsers can be kept busy for minutes by half a megabyte. A child
has 512 MB of address space and five seconds of CPU for a document, is killed after twice that time
whatever it does, writes no files, and is replaced after 200 documents, or when it has grown, because
the libraries' caches grow. Children answer in JSON, so a child taken over by a document cannot make
its parent run anything.
"""

from __future__ import annotations

import asyncio
import json
import logging
import multiprocessing
import queue
import resource
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any

from djeli.core.model import Failure
from monitors.found import Found, from_json, to_json

MOST_WORKERS = 2
MOST_DOCUMENTS = 200
MOST_SECONDS = 5.0  # of CPU
PATIENCE = 2.0  # times as long by the clock: a busy machine is not the document's fault
START_SECONDS = 60.0  # for the imports, on a busy machine
MOST_MEMORY = 512 << 20  # bytes of address space
GROWN = 256 << 10  # KiB that a child was ever seen to take; more is never given back
MOST_ANSWER = 6_000_000  # bytes
PIECE_COST = 100  # bytes more that each piece of an answer counts for

_LIMITS = {
    resource.RLIMIT_AS: MOST_MEMORY,
    resource.RLIMIT_FSIZE: 0,  # it has nothing to write to a file,
    resource.RLIMIT_CORE: 0,  # nor to leave behind when it is killed
}
# A clean server forks children in milliseconds with the parsers already loaded.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["monitors.feeds", "monitors.pages"])
_taking_apart = threading.Lock()  # one answer at a time
_log = logging.getLogger(__name__)


class Workers:
    """At most two children, started when first needed; `parse` may be called from any event loop."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(MOST_WORKERS, thread_name_prefix="parse")
        self._idle: queue.LifoQueue[_Child] = queue.LifoQueue()

    async def parse(self, kind: str, body: bytes, content_type: str, url: str, now: datetime) -> Found:
        """The find in a document; `kind` is "feed" or "page". Never raises.

        A document that kills its worker is a Failure `unreadable`; the others go on.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._parse, (kind, body, content_type, url, now))

    def children(self) -> list[int]:
        """Process ids of the children that wait for work."""
        return [child.pid for child in list(self._idle.queue)]

    def close(self) -> None:
        """End the children; what they are at is waited for."""
        self._threads.shutdown()
        while not self._idle.empty():
            self._idle.get_nowait().end()

    def _parse(self, task: tuple[str, bytes, str, str, datetime]) -> Found:
        try:
            child = self._next_child()
        except (OSError, EOFError) as error:
            _log.warning("no worker can be started: %s", error)
            return Failure("timeout", "No process could be started on this machine to read the document.")
        try:
            return child.parse(task, self._seconds)
        finally:
            if child.spent:
                child.end()
            else:
                self._idle.put(child)

    def _next_child(self) -> _Child:
        """One that waits, if it still lives, else a new one; raises OSError or EOFError."""
        while True:
            try:
                child = self._idle.get_nowait()
            except queue.Empty:
                return _Child()
            if child.alive:
                return child
            child.end()


class _Child:
    """One process and the pipe to it; `spent` when it must not be given another document."""

    def __init__(self) -> None:
        self._pipe, theirs = _processes.Pipe()
        self._process = _processes.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self._documents = 0
        self._grown = False
        self._dead = False
        try:
            if not self._pipe.poll(START_SECONDS):
                raise TimeoutError(f"no sign of life within {START_SECONDS:g} s")
            self._pipe.recv_bytes(10)  # it says that it is ready
        except (OSError, EOFError):
            self.end()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def alive(self) -> bool:
        """It may have been killed by others while it waited."""
        return self._process.is_alive()

    @property
    def spent(self) -> bool:
        return self._dead or self._grown or self._documents >= MOST_DOCUMENTS

    def parse(self, task: tuple[str, bytes, str, str, datetime], seconds: float) -> Found:
        """Send a document and wait; a timer kills the child, which ends any waiting here."""
        self._documents += 1
        watch = threading.Timer(PATIENCE * seconds, self._kill)
        watch.start()
        try:
            kind, body, *others = task
            self._pipe.send((kind, *others, seconds))
            self._pipe.send_bytes(body)  # by itself it is not copied
            self._pipe.poll(None)
            with _taking_apart:
                return self._answer()
        except Exception as error:  # whatever a child taken over may answer
            self._dead = True
            _log.info("a document stopped its worker: %s (%s)", task[3], type(error).__name__)
            memory = MOST_MEMORY >> 20
            return Failure(
                "unreadable", f"The document cannot be read within {seconds:g} s and {memory} MB of memory."
            )
        finally:
            watch.cancel()
            watch.join()  # or it may strike while the next document is read

    def _answer(self) -> Found:
        """What the child sends, piece by piece; raises whatever it may when the child was taken over."""
        pieces = self._pieces()
        head = next(pieces)
        self._grown = head["grown"]
        if head["entries"] is not None:  # of a feed; it may have none
            head["found"]["entries"] = list(islice(pieces, head["entries"]))
        return from_json(head["found"])

    def _pieces(self) -> Iterator[Any]:
        room = MOST_ANSWER
        while True:
            piece = self._pipe.recv_bytes(room)
            room -= len(piece) + PIECE_COST
            yield json.loads(piece)

    def _kill(self) -> None:
        self._dead = True
        self._process.kill()

    def end(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _serve(pipe: Connection) -> None:
    """The child's life: read a document, answer, until the pipe is closed."""
    # Imported here: the parent has no use for the parsers.
    from monitors.feeds import parse_feed
    from monitors.pages import extract

    for limit, most in _LIMITS.items():
        resource.setrlimit(limit, (most, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    pipe.send_bytes(b"ready")
    while True:
        try:
            kind, content_type, url, now, seconds = pipe.recv()
            body = pipe.recv_bytes()
        except EOFError:
            return
        # SIGPROF ends the process where it stands, also within a library and without a parent.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        found: Found = (
            parse_feed(body, content_type, url, now)
            if kind == "feed"
            else extract(body, url, content_type, now)
        )
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > GROWN
        # One entry after the other: together they would be in the parent once as bytes and twice as text.
        values = to_json(found)
        entries = values.pop("entries", None) if values else None
        count = None if entries is None else len(entries)
        for piece in ({"grown": grown, "entries": count, "found": values}, *(entries or ())):
            pipe.send_bytes(json.dumps(piece, ensure_ascii=False).encode("utf-8", "replace"))
        signal.setitimer(signal.ITIMER_PROF, 0)
