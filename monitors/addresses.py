"""Which addresses may be visited, and when two of them are the same article. Pure: nothing is resolved here.

An address is taken apart once, here, and travels on in its parts: no second parser can read it
another way. The networks are listed by hand because `ipaddress.is_global` changes its mind between
patch releases of Python.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

from djeli.core.model import Failure

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
IP = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST = 2048  # characters of an address
LONGEST_HOST = 253
WEB_PORTS = (80, 443)

# Private, shared, reserved, documentation, multicast, translated: nothing of the press lives there. The
# last three are all of IPv6 that is not given out: only 2000::/3 is.
_DENIED = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    ::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10
    ff00::/8 ::ffff:0:0:0/96 ::/3 4000::/2 8000::/1
"""
DENIED: tuple[Network, ...] = tuple(ipaddress.ip_network(network) for network in _DENIED.split())
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2000-\u200f\u2028-\u202f\u2060-\u206f\u3000\ufeff]")
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?"
# An absolute address of which nothing has to be quoted, joined or put in order.
_USUAL = re.compile(
    r"(https?)://([a-z0-9.-]+)(/[\w/:@!$&'()*+,=~.-]*)?(?:\?([\w/:@!$&'()*+,=~.?%-]*))?"
    r"(?:#[\w/:@!$&'()*+,=~.?%-]*)?",
    re.ASCII,
)

# Parameters that say where a reader came from, not what is read. Whole names and prefixes, listed by
# hand: courlan's pattern also takes `gallery=5`, `source_id=7` and every `?12345` without a name, and
# would make one article of many.
_TRACKERS = frozenset(
    re.findall(
        r"\w+",
        "fbclid gclid dclid yclid ysclid msclkid twclid ttclid wbraid gbraid igsh igshid _openstat xtor maca "
        "traffic_source cmp emc mkt_tok oc ncid smid amp __twitter_impression",
    )
)
_TRACKER_PREFIXES = ("utm_", "at_", "mc_", "ns_", "pk_", "mtm_", "itm_", "hsa_", "oly_")
_REFERRERS = frozenset(["ref", "from", "source", "partner", "referrer", "src"])
_CHANNELS = frozenset(["rss", "feed", "atom", "twitter", "facebook", "telegram", "whatsapp", "tg", "fb"])


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in its checked parts; `str()` puts it together again."""

    scheme: str  # http or https
    host: str  # ASCII, lower case; an IPv6 address without brackets
    port: int
    target: str  # path and query, percent-encoded ASCII, begins with "/"

    @property
    def netloc(self) -> str:
        """Host and, where it is not the usual one, port: what the Host header carries."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.scheme == "https" else 80
        return host if self.port == usual else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.target}"


def parse(url: str) -> Address | Failure:
    """The parts of a well-formed http(s) address, or a Failure `bad_address` that says what is wrong."""
    if len(url) > LONGEST:
        return _bad(url, f"it is longer than {LONGEST} characters")
    if _FORBIDDEN.search(url):
        return _bad(url, "it holds spaces, control characters or a backslash")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return _bad(url, "it cannot be taken apart")
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        return _bad(url, "only http:// and https:// addresses can be fetched")
    if "@" in parts.netloc:
        return _bad(url, "it carries a user name or password")
    host = _host(parts.hostname or "")
    if host is None:
        return _bad(url, "it has no valid host name")
    if port == 0:
        return _bad(url, "port 0 does not exist")
    query = f"?{quote(parts.query, _QUERY_SAFE, errors='replace')}" if parts.query else ""
    path = quote(parts.path, _PATH_SAFE, errors="replace")
    return Address(scheme, host, port or (443 if scheme == "https" else 80), (path or "/") + query)


def web_address(text: str) -> str:
    """An address without the mark that some programs put on feeds: feed://host/… or feed:https://host/…"""
    marked = re.match(r"feed:(//|(?=https?:))", text, re.IGNORECASE)
    return f"{'http://' if marked[1] else ''}{text[marked.end() :]}" if marked else text


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """The configured `allow_private` networks; raises ValueError for what is not a network."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def refusal(address: Address, allowed: Sequence[Network] = ()) -> Failure | None:
    """Why an address is not even looked up: its port, a bare host name, a private IP in plain sight."""
    ip = literal(address.host)
    if ip is not None:
        return connection_refusal(address.host, address.port, [str(ip)], allowed)
    if not allowed and address.port not in WEB_PORTS:
        return _blocked(address.host, f"port {address.port} is not a web port (80, 443)")
    if not allowed and "." not in address.host:
        return _blocked(address.host, "the host name has no domain")
    return None


def connection_refusal(
    host: str, port: int, resolved: Sequence[str], allowed: Sequence[Network] = ()
) -> Failure | None:
    """Why no connection is made to the addresses a host resolved to; None when every one may be visited.

    Inside `allowed` networks every port is fine and a host needs no domain.
    """
    ips = [_ip(text) for text in resolved]
    if not ips:
        return Failure("dns", f"The host name {host} has no address.")
    if all(ip is not None and _within(ip, allowed) for ip in ips):
        return None
    if not all(ip is not None and (is_public(ip) or _within(ip, allowed)) for ip in ips):
        return _blocked(host, "it is at a private or reserved network address")
    if port not in WEB_PORTS:
        return _blocked(host, f"port {port} is not a web port (80, 443)")
    if "." not in host and ":" not in host:
        return _blocked(host, "the host name has no domain")
    return None


def is_public(ip: IP) -> bool:
    """True for an address of the public internet; wrapped IPv4 is unwrapped and judged itself."""
    inner = _unwrap(ip)
    if inner is not None:
        return is_public(inner)
    return not any(ip in network for network in DENIED if network.version == ip.version)


def within(text: str, allowed: Sequence[Network]) -> bool:
    """Whether an IP address lies in one of these networks."""
    ip = _ip(text)
    return ip is not None and _within(ip, allowed)


def literal(host: str) -> IP | None:
    """The IP address that a host is spelled as, or None for a name."""
    return None if "%" in host else _ip(host)


def canonical(url: str, base: str = "") -> str:
    """One spelling for all addresses of one article, or "" when it is no web address. Never raises.

    Drops the fragment, the default port and parameters that only tell where the reader came from.
    """
    if len(url) <= LONGEST and (match := _USUAL.fullmatch(url)) and _is_plain_host(match[2]):
        scheme, host, path, query = match.groups("")
        return f"{scheme}://{host}{_without_trackers(path or '/', query)}"
    if not url.strip():
        return ""
    try:
        joined = urljoin(base, url.strip()) if base else url.strip()
    except ValueError:
        return ""
    address = parse(joined.replace(" ", "%20"))
    if isinstance(address, Failure):
        return ""
    path, _, query = address.target.partition("?")
    path = re.sub(r"%[0-9a-f]{2}", lambda match: match[0].upper(), path, flags=re.IGNORECASE)
    return str(replace(address, target=_without_trackers(path, query)))


def _without_trackers(path: str, query: str) -> str:
    kept = "&".join(part for part in query.split("&") if part and not _is_tracker(part)) if query else ""
    return f"{path}?{kept}" if kept else path


@lru_cache(1024)
def _is_plain_host(host: str) -> bool:
    return _host(host) == host


def _is_tracker(parameter: str) -> bool:
    name, _, value = parameter.lower().partition("=")
    if name in _REFERRERS:
        return value in _CHANNELS
    return name in _TRACKERS or name.startswith(_TRACKER_PREFIXES)


def _host(host: str) -> str | None:
    """The host as ASCII, or None: names by the rules of IDNA, numbers only in their one plain form."""
    ip = literal(host)
    if ip is not None:
        return str(ip)
    # What is too long already only costs time: in other letters it becomes longer still.
    if len(host) > LONGEST_HOST or any(len(label) > 63 for label in host.split(".")):
        return None
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        return None
    labels = name.split(".")
    if len(name) > LONGEST_HOST or not all(len(label) <= 63 and _LABEL.fullmatch(label) for label in labels):
        return None
    # 127.1, 0x7f000001 and 2130706433 are addresses to the C library, names to nobody.
    return None if _NUMBER.fullmatch(labels[-1]) else name


@lru_cache(1024)
def _ip(text: str) -> IP | None:
    try:
        return ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return None


def _within(ip: IP, allowed: Sequence[Network]) -> bool:
    return any(ip in network for network in allowed if network.version == ip.version)


def _unwrap(ip: IP) -> ipaddress.IPv4Address | None:
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _bad(url: str, why: str) -> Failure:
    return Failure("bad_address", f"{_short(url)} is not an address that can be fetched: {why}.")


def _blocked(host: str, why: str) -> Failure:
    return Failure("blocked_address", f"{host} is not fetched: {why}.")


def _short(url: str) -> str:
    """The address without a password, printable, at most 100 characters."""
    plain = re.sub(r"//[^/@]*@", "//…@", _FORBIDDEN.sub("·", url))
    return plain if len(plain) <= 100 else plain[:99] + "…"
