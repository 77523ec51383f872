"""One bounded, safe request: the only way from here to the web.

A connection of asyncio for each request, its words framed by h11: there are no cookies, no redirects,
no decompression and no proxies from the environment, so none of these has to be switched off. Every
limit is kept here: where a connection may go, how long the whole chain of hops takes, how many bytes
arrive and how many they become.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import ssl
import weakref
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property, partial
from io import BytesIO
from typing import Protocol
from urllib.parse import urljoin

import certifi
import h11

from djeli.core.model import Failure
from monitors.addresses import (
    Address,
    Network,
    connection_refusal,
    literal,
    networks,
    parse,
    refusal,
    within,
)

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

FEED_LIMIT = 5_000_000  # bytes, decoded
PAGE_LIMIT = 3_000_000  # bytes, decoded
WIRE_LIMIT = 5_000_000  # bytes, as they arrive
# Bytes of a body; of longer ones so many are in memory at a time.
LARGE, MOST_LARGE = 300_000, 4
HUGE, MOST_HUGE = 1_000_000, 1
UNPACKED = 100_000  # bytes at a time
PIECE_COST = 64  # bytes more that each piece of a body counts for: a million pieces take seconds
MOST_HOPS = 5
PER_HOST = 2  # requests at a time
AT_ONCE = 10  # requests at a time, all hosts together
RESOLVE_SECONDS = 5.0
MOST_LOOKUPS = 64  # names at a time; one that is given up stays with the system for half a minute
CONNECT_SECONDS = 10.0
READ_SECONDS = 10.0  # of silence
MOST_INTERIM = 10  # answers "100 Continue" before the answer
LONGEST_HEAD = 100_000  # bytes of status line and headers
PACKINGS = ("gzip", "x-gzip", "deflate")
ACCEPT = "application/rss+xml, application/atom+xml, text/html;q=0.8, */*;q=0.5"
# What a feed or a page may call itself; many servers say nothing or anything, none sends one as a film.
_READABLE = re.compile(r"text/|xml|html|rss|atom|rdf|json|octet-stream|unknown|download")
_MOVED = (301, 302, 303, 307, 308)
_MOVED_FOR_GOOD = (301, 308)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer that can be used: 2xx, or 304 without a body."""

    status: int
    url: str  # where it came from in the end
    body: bytes = b""  # decoded
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    max_age: timedelta | None = None  # Cache-Control of the answer
    moved_to: str | None = None  # where permanent redirects point, when the chain began with them
    whole: bool = True  # False: the connection broke off in the middle of the body
    seconds: float | None = None  # from the first hop to the last byte
    inside: bool = False  # it came from a private network that is allowed


class Dial(Protocol):
    """Opens a connection to an address that was checked; asyncio.open_connection is one."""

    async def __call__(
        self, host: str, port: int, *, ssl: ssl.SSLContext | None, server_hostname: str | None
    ) -> Streams:
        """The two ends of a connection to an IP address; raises OSError."""
        ...


class _Refused(Exception):
    """Carries the reason why no connection is made."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class Crowded(Exception):
    """A body is large while others are, and has to wait for its place."""


class Places:
    """How many large and how many huge bodies may be in memory, all requests together."""

    def __init__(self) -> None:
        self._large = asyncio.Semaphore(MOST_LARGE)
        self.huge = asyncio.Semaphore(MOST_HUGE)

    def needed(self, size: int) -> asyncio.Semaphore | None:
        """Among which a body of this size needs a place."""
        if size > HUGE:
            return self.huge
        return self._large if size > LARGE else None


class Room:
    """The right to hold one large body until it was read and parsed; nothing while it is small."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._wanted: asyncio.Semaphore | None = None
        self._taken: asyncio.Semaphore | None = None

    async def __aenter__(self) -> Room:
        return self

    async def __aexit__(self, *trouble: object) -> None:
        self._leave()

    async def grow(self, size: int) -> None:
        """Tell that the body is so long; raises Crowded when it is large and there is no place for it."""
        needed = self._places.needed(size)
        if needed is None or self._taken in (needed, self._places.huge):
            return
        self._wanted = needed
        if needed.locked():
            raise Crowded
        await self.wait()

    async def wait(self) -> None:
        """Wait for the place that is wanted; the one there was is given up before."""
        self._leave()
        if self._wanted:
            await self._wanted.acquire()
            self._taken = self._wanted

    def _leave(self) -> None:
        if self._taken:
            self._taken.release()
            self._taken = None


class Fetcher:
    """Fetches addresses within limits; network and HTTP trouble comes back as a Failure.

    `allow_private` names the networks that may be visited although private, `deadline` is seconds
    for all hops together, `authorities` a file of certificates instead of the usual ones. Use it
    within one event loop and close it; no connection stays open between requests.
    """

    def __init__(
        self,
        allow_private: Sequence[str] = (),
        user_agent: str = "Djeli",
        deadline: float = 20.0,
        resolver: Resolver | None = None,
        dial: Dial | None = None,
        authorities: str | None = None,
    ) -> None:
        self._allowed = networks(allow_private)
        self._user_agent = user_agent
        self._deadline = deadline
        # Threads of their own: names that hang must not hold up anything else that waits for a thread.
        self._lookups = ThreadPoolExecutor(MOST_LOOKUPS, thread_name_prefix="resolve")
        self._resolver = resolver or self._ask_system
        self._dial: Dial = dial or asyncio.open_connection
        self._authorities = authorities
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._places = Places()
        self._hosts: weakref.WeakValueDictionary[str, asyncio.Semaphore] = weakref.WeakValueDictionary()

    def refurnish(self, allow_private: Sequence[str], user_agent: str) -> None:
        """Visit these private networks, and name ourselves so, from the next request on."""
        self._allowed, self._user_agent = networks(allow_private), user_agent

    async def get(
        self,
        url: str,
        limit: int = FEED_LIMIT,
        etag: str | None = None,
        last_modified: str | None = None,
        public_only: bool = False,
        room: Room | None = None,
    ) -> Fetched | Failure:
        """Fetch one address, following up to five redirects; `limit` is bytes after decoding.

        With `etag` or `last_modified` the server may answer 304: unchanged. `public_only` is for
        addresses that the public web named: they lead into no private network, allowed or not.
        `room` is kept by a caller who goes on holding the body.
        """
        if room is None:
            async with self.room() as own:
                return await self.get(url, limit, etag, last_modified, public_only, own)
        address = parse(url)
        if isinstance(address, Failure):
            return address
        known = _conditions(etag, last_modified)
        host = self._hosts.setdefault(address.host, asyncio.Semaphore(PER_HOST))
        allowed = () if public_only else self._allowed
        while True:
            try:
                # Waiting for a turn is not the server's fault: the deadline begins after it.
                async with host, self._at_once:
                    begun = asyncio.get_running_loop().time()
                    found = await self._in_time(address, limit, known, allowed, room)
                    took = asyncio.get_running_loop().time() - begun
                    return replace(found, seconds=took) if isinstance(found, Fetched) else found
            except Crowded:
                pass
            # Asked again when there is a place. Until then it holds nothing: no error, in whose frames it is.
            await room.wait()

    async def _in_time(
        self, address: Address, limit: int, known: Mapping[str, str], allowed: Sequence[Network], room: Room
    ) -> Fetched | Failure:
        try:
            async with asyncio.timeout(self._deadline):
                return await self._follow(address, limit, known, allowed, room)
        except TimeoutError:
            return Failure("timeout", f"{address.host} gave no whole answer in {self._deadline:g} s.")

    def room(self) -> Room:
        """For a caller who parses what he fetches: the body counts as held until he leaves it."""
        return Room(self._places)

    def close(self) -> None:
        """Let the threads go; names that hang are not waited for."""
        self._lookups.shutdown(wait=False, cancel_futures=True)

    async def _follow(
        self, address: Address, limit: int, known: Mapping[str, str], allowed: Sequence[Network], room: Room
    ) -> Fetched | Failure:
        moved_to: str | None = None
        for_good = True
        for _ in range(MOST_HOPS + 1):
            answer = await self._one(address, limit, known, allowed, room)
            if not isinstance(answer, _Hop):
                return replace(answer, moved_to=moved_to) if isinstance(answer, Fetched) else answer
            target = _next_address(address, answer.location)
            if isinstance(target, Failure):
                return target
            allowed = allowed if answer.inside else ()  # the public web sends nobody inside
            for_good = for_good and answer.status in _MOVED_FOR_GOOD
            moved_to = str(target) if for_good else moved_to
            address = target
        return Failure("redirects", f"{address.host} redirects more than {MOST_HOPS} times.")

    async def _one(
        self, address: Address, limit: int, known: Mapping[str, str], allowed: Sequence[Network], room: Room
    ) -> Fetched | Failure | _Hop:
        """One request without its redirects; every trouble becomes a Failure."""
        refused = refusal(address, allowed)
        if refused is not None:
            return refused
        try:
            ip, (reader, writer) = await self._connect(address, allowed)
        except _Refused as refused_:
            return refused_.failure
        except TimeoutError:
            return Failure("timeout", f"{address.host} does not answer in time.")
        except OSError as error:
            return Failure("connect", f"No connection to {address.host}: {_reason(error)}.")
        headers = {
            "Host": address.netloc,
            "User-Agent": self._user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **known,
        }
        try:
            async with asyncio.timeout(READ_SECONDS) as patience:
                exchange = _Exchange(reader, patience)
                writer.write(exchange.request(address.target, headers))
                answer = await _answer(exchange, address, limit, bool(known), room)
                return answer if isinstance(answer, Failure) else replace(answer, inside=within(ip, allowed))
        except TimeoutError:
            return Failure("timeout", f"{address.host} does not answer in time.")
        except OSError as error:
            return Failure("connect", f"{address.host} broke the connection off: {_reason(error)}.")
        except h11.ProtocolError as error:
            return Failure("connect", f"{address.host} gives no proper answer: {_fault(error)}.")
        finally:
            writer.transport.abort()

    async def _connect(self, address: Address, allowed: Sequence[Network]) -> tuple[str, Streams]:
        """Resolve, check every address, connect to the first that answers: a name cannot change its
        meaning in between. Raises _Refused, TimeoutError or OSError."""
        found = [address.host] if literal(address.host) else await self._resolved(address)
        refused = connection_refusal(address.host, address.port, found, allowed)
        if refused is not None:
            raise _Refused(refused)
        # IPv4 first: a host without working IPv6 would wait for its time-out at every look.
        ips = sorted(dict.fromkeys(found), key=lambda ip: ":" in ip)
        encryption = self._encryption if address.scheme == "https" else None
        name = address.host if encryption else None
        trouble: OSError = ConnectionError("it has no address")
        for ip in ips:
            try:
                async with asyncio.timeout(CONNECT_SECONDS / len(ips)):
                    return ip, await self._dial(ip, address.port, ssl=encryption, server_hostname=name)
            except ssl.SSLError:  # the server was reached
                raise
            except OSError as error:
                trouble = error
        raise trouble

    async def _resolved(self, address: Address) -> Sequence[str]:
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):
                return await self._resolver(address.host, address.port)
        except TimeoutError as error:
            raise _Refused(
                Failure("dns", f"The host name {address.host} is not resolved in time.")
            ) from error
        except (OSError, UnicodeError) as error:
            raise _Refused(Failure("dns", f"The host name {address.host} is not known.")) from error

    async def _ask_system(self, host: str, port: int) -> Sequence[str]:
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self._lookups, ask)
        return [str(sockaddr[0]) for _, _, _, _, sockaddr in found]

    @cached_property
    def _encryption(self) -> ssl.SSLContext:
        """Made when first needed: the certificates of all authorities take 25 ms and some megabytes."""
        context = ssl.create_default_context(cafile=self._authorities or certifi.where())
        context.set_alpn_protocols(["http/1.1"])
        return context


class _Exchange:
    """One request and its answer, framed by h11; each silence has its own limit."""

    def __init__(self, reader: asyncio.StreamReader, patience: asyncio.Timeout) -> None:
        self._reader = reader
        self._patience = patience
        self._words = h11.Connection(h11.CLIENT, max_incomplete_event_size=LONGEST_HEAD)

    def request(self, target: str, headers: Mapping[str, str]) -> bytes:
        """What is sent."""
        asked = h11.Request(method="GET", target=target, headers=list(headers.items()))
        return (self._words.send(asked) or b"") + (self._words.send(h11.EndOfMessage()) or b"")

    async def response(self) -> h11.Response:
        """The head of the answer; what a server says before it (1xx) is passed over."""
        for _ in range(MOST_INTERIM + 1):
            event = await self._event()
            if isinstance(event, h11.Response):
                return event
        raise h11.RemoteProtocolError("it gave no answer")

    async def body(self) -> AsyncIterator[bytes]:
        """The body as it arrives; raises h11.RemoteProtocolError or OSError where it breaks off."""
        while isinstance(event := await self._event(), h11.Data):
            yield bytes(event.data)

    async def _event(self) -> object:
        while (event := self._words.next_event()) is h11.NEED_DATA:
            self._patience.reschedule(asyncio.get_running_loop().time() + READ_SECONDS)
            data = await self._reader.read(65_536)
            if not data and self._words.their_state is h11.SEND_RESPONSE:
                raise h11.RemoteProtocolError("it gave no answer")
            self._words.receive_data(data)
        return event


@dataclass(frozen=True, slots=True)
class _Hop:
    """A redirect."""

    status: int
    location: str
    inside: bool = False  # a private network that is allowed gave it


async def _answer(
    exchange: _Exchange, address: Address, limit: int, conditional: bool, room: Room
) -> Fetched | Failure | _Hop:
    response = await exchange.response()
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    status = response.status_code
    if status in _MOVED and headers.get("location"):
        return _Hop(status, _location(headers["location"]))
    if status == 304 and conditional:
        return _fetched(304, address, headers, b"", True)
    if not 200 <= status < 300:
        return _http_failure(status, address.host, headers)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and not _READABLE.search(kind):
        said = re.sub(r"[^a-z0-9/.+-]", "", kind)[:40]
        return Failure("not_a_feed", f"{address.host} answers with a file of the type {said}, not with text.")
    body = await _read(exchange, _packing(response.headers), limit, address.host, room)
    return body if isinstance(body, Failure) else _fetched(status, address, headers, *body)


def _fetched(status: int, address: Address, headers: Mapping[str, str], body: bytes, whole: bool) -> Fetched:
    age = re.search(r"max-age=([0-9]{1,9})", headers.get("cache-control", ""), re.IGNORECASE)
    return Fetched(
        status=status,
        url=str(address),
        body=body,
        content_type=headers.get("content-type", "")[:200],
        etag=headers.get("etag", "")[:1000] or None,
        last_modified=headers.get("last-modified", "")[:100] or None,
        max_age=timedelta(seconds=int(age[1])) if age and int(age[1]) else None,
        whole=whole,
    )


async def _read(
    exchange: _Exchange, packing: str, limit: int, host: str, room: Room
) -> tuple[bytes, bool] | Failure:
    """The decoded body and whether it is whole; stops at the limits, before any of it is unpacked further."""
    if packing and packing not in PACKINGS:
        said = re.sub(r"[^a-z0-9, -]", "", packing)[:40]
        return Failure("bad_encoding", f"{host} packs its answer as “{said}”, which is not read.")
    too_big = Failure("too_big", f"The answer of {host} is larger than {limit // 1_000_000} MB.")
    body = BytesIO()  # its value is not copied when it is taken
    size = 0
    unpack = Unpacker(packing) if packing else None
    arrived = pieces = 0
    try:
        async for chunk in exchange.body():
            arrived += len(chunk) + PIECE_COST
            pieces += 1
            if pieces % 500 == 0:  # what is already here is read without a pause for the others
                await asyncio.sleep(0)
            for part in unpack.parts(chunk) if unpack else (chunk,):
                await room.grow(size)
                size += body.write(part)
                if size > limit:
                    return too_big
            if arrived > WIRE_LIMIT:
                return too_big
    except zlib.error:
        return Failure("bad_encoding", f"{host} says its answer is packed, but it cannot be unpacked.")
    except (h11.RemoteProtocolError, OSError):
        if not size:
            raise
        return body.getvalue(), False
    return body.getvalue(), unpack is None or unpack.finished


def _packing(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """What Content-Encoding says, all its headers together; "" for nothing."""
    found = [value.decode("latin-1") for name, value in headers if name.lower() == b"content-encoding"]
    values = [value.strip().lower() for value in found]
    return ", ".join(value for value in values if value not in ("", "identity"))


class Unpacker:
    """gzip or deflate, one layer, a little at a time: 5 kB may become 5 MB."""

    def __init__(self, packing: str) -> None:
        self._deflate = packing == "deflate"
        self._inflater: zlib._Decompress | None = None
        self._followed = False  # by something that is no padding

    @property
    def finished(self) -> bool:
        """The packed stream reached its own end and nothing else followed."""
        return self._inflater is None or (self._inflater.eof and not self._followed)

    def parts(self, chunk: bytes) -> Iterator[bytes]:
        """What the chunk becomes; nothing is unpacked before it is asked for."""
        if not chunk:
            return
        if self._inflater is None:
            # 47: gzip or zlib by its header; some servers send deflate without one.
            bare = self._deflate and chunk[0] & 0x0F != 8
            self._inflater = zlib.decompressobj(-15 if bare else 47)
        while not self._inflater.eof:
            part = self._inflater.decompress(chunk, UNPACKED)
            chunk = self._inflater.unconsumed_tail
            yield part
            if self._inflater.eof:
                chunk = self._inflater.unused_data
            elif not chunk and len(part) < UNPACKED:
                return
        # Not given to the inflater, which would copy all that it was given before, each time.
        self._followed = self._followed or bool(chunk.strip(b"\0"))


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    pairs = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in pairs.items() if value and value.isascii() and value.isprintable()}


def _location(value: str) -> str:
    """The words of a Location header; many write letters of their alphabet as they are, in UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return value


def _next_address(address: Address, location: str) -> Address | Failure:
    try:
        target = parse(urljoin(str(address), location.strip().replace(" ", "%20")))
    except ValueError:
        return Failure("redirects", f"{address.host} redirects to something that is no address.")
    if isinstance(target, Failure):
        return replace(target, code="redirects", detail=f"{address.host} redirects: {target.detail}")
    if address.scheme == "https" and target.scheme == "http" and address.host != target.host:
        return Failure("redirects", f"{address.host} redirects to {target.host} without encryption.")
    return target


def _http_failure(status: int, host: str, headers: Mapping[str, str]) -> Failure:
    meanings = {
        304: "answers “unchanged” to a first request",
        401: "wants a password",
        403: "refuses to answer",
        404: "has nothing at this address",
        410: "says that this address is gone for good",
        429: "says that it was asked too often",
        500: "has an error of its own",
        502: "has an error of its own",
        503: "is overloaded or under repair",
    }
    meaning = meanings.get(status, "gives no usable answer")
    wait = _retry_after(headers.get("retry-after", ""), headers.get("date", ""))
    return Failure("http", f"{host} {meaning} (HTTP {status}).", status, wait)


def _retry_after(value: str, date: str) -> timedelta | None:
    """Seconds, or a date measured against the server's own clock (RFC 9110, 10.2.3)."""
    if re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return timedelta(seconds=int(value))
    until, now = _http_date(value), _http_date(date)
    return max(until - now, timedelta()) if until and now else None


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value[:100])
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return "no encrypted connection can be made"
    if isinstance(error, OSError) and error.errno and error.errno > 0:
        return os.strerror(error.errno).lower()
    return str(error).rstrip(".")[:150] or "it gives no reason"


def _fault(error: h11.ProtocolError) -> str:
    if error.error_status_hint == 431:
        return f"its headers are longer than {LONGEST_HEAD // 1000} kB"
    said = str(error)
    if said.startswith("it ") or not said:  # our own words
        return said or "it does not speak HTTP"
    # Where h11 shows what it was told, it shows bytes.
    return "it does not speak HTTP" if "bytearray" in said else f"it does not speak HTTP ({said[:100]})"
