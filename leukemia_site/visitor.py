"""Who knocks: the address and the user name by which failed sign-ins are counted (see AXES_… in the settings)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104  nothing is bound to it: it stands for an address that is not known
LONGEST_NAME = 150  # as long as a user name can be; the table of failures would refuse a longer one


def address(request: HttpRequest) -> str:
    """The visitor's address. Behind a proxy, what the proxy wrote last; what stands before that anybody can claim."""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        found = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2] or found
    try:
        return _network(ip_address(_bare(found)))
    except ValueError:
        return NOWHERE


def user_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name somebody tries to sign in with, cut to what a name can be."""
    given = (credentials or request.POST).get("username")
    return str(given or "")[:LONGEST_NAME]


def _bare(found: str) -> str:
    """Without the port, the brackets and the zone that some proxies write."""
    host = found.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    return host.partition("%")[0]


def _network(found: IPv4Address | IPv6Address) -> str:
    """One household of IPv6 has 2**64 addresses to come from, so it counts as one."""
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, 64), strict=False).network_address)
