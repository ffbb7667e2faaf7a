"""Which addresses we open. Pure: an address goes in, a refusal comes out.

A source is an address that somebody typed, and the server behind it may send us anywhere: neither may make this
machine ask a question inside the network that it stands in.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

Address = IPv4Address | IPv6Address

# Written out, because what `is_global` says has changed between releases of Python.
_CLOSED = tuple(
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # Azure answers its own machines here
        # Of 2000::/3, the only part of IPv6 that is the internet: Teredo and its neighbors, 6to4, documentation.
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
_INTERNET6 = ip_network("2000::/3")  # neither ::1, ::ffff:a.b.c.d, 64:ff9b::/96 (NAT64), fc00::/7 nor fe80::/10
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_LONGEST = 4000  # characters


class Refused(Exception):
    """We do not open this address; the message says why."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be opened. `exempt` are closed addresses that may be opened all the same.

    Only tests have a reason to name some. No setting and no variable leads here, and a test reads the source to see
    that nothing else of ours names them.
    """

    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    exempt: frozenset[str] = frozenset()

    def check_url(self, url: httpx.URL) -> None:
        """Raise Refused unless the address may be asked for. What its name leads to is checked on connecting."""
        if url.scheme not in {"http", "https"}:
            raise Refused(f"only http and https are opened, not {url.scheme or 'nothing'}")
        if url.userinfo:
            raise Refused("the address carries a user name or a password")
        if len(str(url)) > _LONGEST:
            raise Refused("the address is too long")
        port = {"http": 80, "https": 443}[url.scheme] if url.port is None else url.port
        if port not in self.ports:
            raise Refused(f"port {port} is none of the web's")
        self._check_host(url.raw_host.decode("ascii"))

    def check_address(self, text: str) -> None:
        """Raise Refused unless a connection may be made to this IP address."""
        if text not in self.exempt and is_closed(ip_address(text)):
            raise Refused(f"{text} is no address of the public internet")

    def _check_host(self, host: str) -> None:
        if ":" in host:
            self.check_address(host)
        elif not _NAME.fullmatch(host):
            raise Refused("the address names no host")
        elif _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
            # Resolvers read 2130706433, 0x7f.1 and 0177.0.0.1 as 127.0.0.1.
            try:
                self.check_address(str(IPv4Address(host)))
            except ValueError as error:
                raise Refused(f"{host} is an IP address in disguise") from error


def is_closed(address: Address) -> bool:
    """Whether this address is anything but one machine on the public internet, or only stands for another one."""
    if isinstance(address, IPv6Address) and address not in _INTERNET6:
        return True
    return any(address in network for network in _CLOSED if network.version == address.version)


STRICT = Policy()
