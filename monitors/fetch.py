"""One bounded, safe request: the only way from here to the web.

Works on httpcore itself: it has no cookies, no redirects, no decompression and no proxies from the
environment, so none of these has to be switched off. Every limit is kept here: where a connection
may go, how long the whole chain of hops takes, how many bytes arrive and how many they become.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import weakref
import zlib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import certifi
import httpcore

from djeli.core.model import Failure
from monitors.addresses import Address, Network, connection_refusal, literal, networks, parse, refusal

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

FEED_LIMIT = 5_000_000  # bytes, decoded
PAGE_LIMIT = 3_000_000  # bytes, decoded
WIRE_LIMIT = 5_000_000  # bytes, as they arrive
MOST_HOPS = 5
PER_HOST = 2  # requests at a time
AT_ONCE = 10  # requests at a time, all hosts together
RESOLVE_SECONDS = 5.0
CONNECT_SECONDS = 10.0
READ_SECONDS = 10.0
PACKINGS = ("gzip", "x-gzip", "deflate")
ACCEPT = "application/rss+xml, application/atom+xml, text/html;q=0.8, */*;q=0.5"
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


class _Refused(Exception):
    """Carries a Failure out of httpcore's depths to `get`."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class Fetcher:
    """Fetches addresses within limits; network and HTTP trouble comes back as a Failure.

    `allow_private` names the networks that may be visited although private, `deadline` is seconds
    for all hops together. Use it within one event loop, and close it.
    """

    def __init__(
        self,
        allow_private: Sequence[str] = (),
        user_agent: str = "Djeli",
        deadline: float = 20.0,
        resolver: Resolver | None = None,
    ) -> None:
        self._allowed = networks(allow_private)
        self._user_agent = user_agent
        self._deadline = deadline
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(cafile=certifi.where()),
            max_connections=AT_ONCE,
            max_keepalive_connections=0,
            network_backend=_CheckedBackend(resolver or _resolve, self._allowed),
        )
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._hosts: weakref.WeakValueDictionary[str, asyncio.Semaphore] = weakref.WeakValueDictionary()

    async def get(
        self,
        url: str,
        limit: int = FEED_LIMIT,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched | Failure:
        """Fetch one address, following up to five redirects; `limit` is bytes after decoding.

        With `etag` or `last_modified` the server may answer 304: unchanged.
        """
        address = parse(url)
        if isinstance(address, Failure):
            return address
        known = _conditions(etag, last_modified)
        host = self._hosts.setdefault(address.host, asyncio.Semaphore(PER_HOST))
        # Waiting for a turn is not the server's fault: the deadline begins after it.
        async with host, self._at_once:
            try:
                async with asyncio.timeout(self._deadline):
                    return await self._follow(address, limit, known)
            except TimeoutError:
                return Failure("timeout", f"{address.host} gave no whole answer in {self._deadline:g} s.")

    async def aclose(self) -> None:
        """Close what is still open."""
        await self._pool.aclose()

    async def _follow(self, address: Address, limit: int, known: Mapping[str, str]) -> Fetched | Failure:
        moved_to: str | None = None
        for_good = True
        for _ in range(MOST_HOPS + 1):
            answer = await self._one(address, limit, known)
            if not isinstance(answer, _Hop):
                return replace(answer, moved_to=moved_to) if isinstance(answer, Fetched) else answer
            target = _next_address(address, answer.location)
            if isinstance(target, Failure):
                return target
            for_good = for_good and answer.status in _MOVED_FOR_GOOD
            moved_to = str(target) if for_good else moved_to
            address = target
        return Failure("redirects", f"{address.host} redirects more than {MOST_HOPS} times.")

    async def _one(self, address: Address, limit: int, known: Mapping[str, str]) -> Fetched | Failure | _Hop:
        """One request without its redirects; every trouble becomes a Failure."""
        refused = refusal(address, self._allowed)
        if refused is not None:
            return refused
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        headers = {
            "Host": address.netloc,
            "User-Agent": self._user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **known,
        }
        limits = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": None}
        try:
            async with self._pool.stream(
                "GET", url, headers=list(headers.items()), extensions={"timeout": limits}
            ) as response:
                return await _answer(response, address, limit, bool(known))
        except _Refused as refusal_:
            return refusal_.failure
        except httpcore.TimeoutException:
            return Failure("timeout", f"{address.host} does not answer in time.")
        except httpcore.ConnectError as error:
            return Failure("connect", f"No connection to {address.host}: {_reason(error)}.")
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            return Failure("connect", f"{address.host} broke the connection off: {_reason(error)}.")


@dataclass(frozen=True, slots=True)
class _Hop:
    """A redirect."""

    status: int
    location: str


class _CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects only to addresses that were checked, so a name cannot change its meaning in between."""

    def __init__(self, resolver: Resolver, allowed: Sequence[Network]) -> None:
        self._resolver = resolver
        self._allowed = allowed
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check every address, connect to the first that answers."""
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):
                found = [host] if literal(host) else await self._resolver(host, port)
        except TimeoutError as error:
            raise _Refused(Failure("dns", f"The host name {host} is not resolved in time.")) from error
        except (OSError, UnicodeError) as error:
            raise _Refused(Failure("dns", f"The host name {host} is not known.")) from error
        refused = connection_refusal(host, port, found, self._allowed)
        if refused is not None:
            raise _Refused(refused)
        return await self._first_that_answers(found, port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refused: the press is not on this machine."""
        raise _Refused(Failure("blocked_address", "Unix sockets are not fetched."))

    async def sleep(self, seconds: float) -> None:
        """Wait, for httpcore."""
        await asyncio.sleep(seconds)

    async def _first_that_answers(
        self,
        found: Sequence[str],
        port: int,
        seconds: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        # IPv4 first: a host without working IPv6 would wait for its time-out at every look.
        ips = sorted(dict.fromkeys(found), key=lambda ip: ":" in ip)
        share = seconds / len(ips) if seconds else None
        trouble: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for ip in ips:
            try:
                return await self._plain.connect_tcp(ip, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
        raise trouble or httpcore.ConnectError("no address")


async def _resolve(host: str, port: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for _, _, _, _, sockaddr in found]


async def _answer(
    response: httpcore.Response, address: Address, limit: int, conditional: bool
) -> Fetched | Failure | _Hop:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    status = response.status
    if status in _MOVED and headers.get("location"):
        return _Hop(status, headers["location"])
    if status == 304 and conditional:
        return _fetched(304, address, headers, b"", True)
    if not 200 <= status < 300:
        return _http_failure(status, address.host, headers)
    body = await _read(response, limit, address.host)
    return body if isinstance(body, Failure) else _fetched(status, address, headers, *body)


def _fetched(status: int, address: Address, headers: Mapping[str, str], body: bytes, whole: bool) -> Fetched:
    age = re.search(r"max-age=(\d{1,9})", headers.get("cache-control", ""), re.IGNORECASE)
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


async def _read(response: httpcore.Response, limit: int, host: str) -> tuple[bytes, bool] | Failure:
    """The decoded body and whether it is whole; stops at the limits, before any of it is unpacked further."""
    packing = _packing(response.headers)
    if packing and packing not in PACKINGS:
        return Failure("bad_encoding", f"{host} packs its answer as “{packing[:40]}”, which is not read.")
    body = bytearray()
    unpack = _Unpacker(packing) if packing else None
    arrived = 0
    try:
        async for chunk in response.aiter_stream():
            arrived += len(chunk)
            body += unpack.feed(chunk, limit + 1 - len(body)) if unpack else chunk
            if arrived > WIRE_LIMIT or len(body) > limit:
                return Failure("too_big", f"The answer of {host} is larger than {limit // 1_000_000} MB.")
    except zlib.error:
        return Failure("bad_encoding", f"{host} says its answer is packed, but it cannot be unpacked.")
    except (httpcore.RemoteProtocolError, httpcore.ReadError):
        if not body:
            raise
        return bytes(body), False
    return bytes(body), unpack is None or unpack.finished


def _packing(headers: Sequence[tuple[bytes, bytes]]) -> str:
    """What Content-Encoding says, all its headers together; "" for nothing."""
    found = [value.decode("latin-1") for name, value in headers if name.lower() == b"content-encoding"]
    values = [value.strip().lower() for value in found]
    return ", ".join(value for value in values if value not in ("", "identity"))


class _Unpacker:
    """gzip or deflate, one layer, never more output at a time than asked for."""

    def __init__(self, packing: str) -> None:
        self._deflate = packing == "deflate"
        self._inflater: zlib._Decompress | None = None

    @property
    def finished(self) -> bool:
        """The packed stream reached its own end and nothing else followed."""
        return self._inflater is None or (self._inflater.eof and not self._inflater.unused_data.strip(b"\0"))

    def feed(self, chunk: bytes, room: int) -> bytes:
        """At most `room` bytes; what is left over is only asked for when it would exceed the limit anyway."""
        if not chunk:
            return b""
        if self._inflater is None:
            # 47: gzip or zlib by its header; some servers send deflate without one.
            bare = self._deflate and chunk[0] & 0x0F != 8
            self._inflater = zlib.decompressobj(-15 if bare else 47)
        return self._inflater.decompress(chunk, room)


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    pairs = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in pairs.items() if value and value.isascii() and value.isprintable()}


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
    if re.fullmatch(r"\d{1,9}", value.strip()):
        return timedelta(seconds=int(value))
    until, now = _http_date(value), _http_date(date)
    return max(until - now, timedelta()) if until and now else None


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({cause.verify_message})"
    if isinstance(cause, ssl.SSLError):
        return "no encrypted connection can be made"
    return str(error).rstrip(".")[:150] or "it gives no reason"
