"""The functions that endpoint rules may call: names, ARNs, URLs, substrings.

They say None for "no answer", which fails the condition they stand in. Nothing here imports `re` or
`urllib`: these run before the first request of a process, and those two modules cost more than everything
else does.
"""

from __future__ import annotations

from boto.core.url import quote, segments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def is_host_label(label: str) -> bool:
    """RFC 1123, 2.1: 1 to 63 letters, digits and hyphens, no hyphen at either end."""
    return (
        0 < len(label) <= 63
        and label[0] != "-"
        and label[-1] != "-"
        and label.isascii()
        and label.replace("-", "0").isalnum()
    )


def valid_host_label(value: str | None, subdomains: bool) -> bool:
    if value is None:
        return False
    if subdomains:
        return all(is_host_label(label) for label in value.split("."))
    return is_host_label(value)


def virtual_hostable_bucket(value: str | None, subdomains: bool) -> bool:
    """Whether a bucket's name can stand in a host name: a valid label of at least 3 characters, no capitals,
    and nothing that reads as an IPv4 address."""
    if value is None or len(value) < 3 or value.lower() != value or is_ipv4(value):
        return False
    return valid_host_label(value, subdomains)


def is_ipv4(host: str) -> bool:
    """Four groups of one to three digits; 999.1.1.1 counts, as S3's naming rules speak of the form."""
    groups = host.split(".")
    return len(groups) == 4 and all(0 < len(g) <= 3 and g.isascii() and g.isdigit() for g in groups)


def is_ipv6(host: str) -> bool:
    from ipaddress import AddressValueError, IPv6Address

    address, _, zone = host.partition("%")
    try:
        IPv6Address(address)
    except AddressValueError:
        return False
    return zone != "" or "%" not in host


def uri_encode(value: str | None) -> str | None:
    return None if value is None else quote(value)


def parse_arn(value: str | None) -> dict[str, Any] | None:
    """`arn:partition:service:region:account:resource`; the resource splits at colons and slashes alike."""
    if value is None:
        return None
    parts = value.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn":
        return None
    _, partition, service, region, account, resource = parts
    if not (partition and service and resource):
        return None
    return {
        "partition": partition,
        "service": service,
        "region": region,
        "accountId": account,
        "resourceId": resource.replace(":", "/").split("/"),
    }


def parse_url(value: str | None) -> dict[str, Any] | None:
    """The parts of an http or https URL; None for anything else, for a query, and for a bad port."""
    if value is None:
        return None
    scheme, mark, rest = value.partition("://")
    scheme = scheme.lower()
    if not mark or scheme not in ("http", "https"):
        return None
    rest, _, query = rest.partition("#")[0].partition("?")
    authority, slash, path = rest.partition("/")
    host = _host(authority)
    if query or not host or " " in authority or any(char < " " for char in rest):
        return None
    return {
        "scheme": scheme,
        "authority": authority,
        "path": slash + path,
        "normalizedPath": _normalized(path),
        "isIp": is_ipv6(host[1:-1]) if host[0] == "[" else is_ipv4(host),
    }


def _host(authority: str) -> str:
    """The host of an authority (an IPv6 address keeps its brackets); empty if the authority is malformed."""
    place = authority.rpartition("@")[2]
    if place.startswith("["):
        address, bracket, port = place.partition("]")
        if not bracket or (port and port[0] != ":"):
            return ""
        host, port = address + bracket, port[1:]
    else:
        host, _, port = place.partition(":")
    if port and not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65535):
        return ""
    return host


def _normalized(path: str) -> str:
    """A path with a slash at both ends and without dot segments or doubled slashes."""
    kept = segments(path)
    return quote(f"/{'/'.join(kept)}/" if kept else "/", "/")


def substring(value: str | None, start: int, stop: int, reverse: bool) -> str | None:
    """Characters `start` to `stop`, counted from the end with `reverse`; None when there are not so many."""
    if value is None or start >= stop or len(value) < stop or not value.isascii():
        return None
    if reverse:
        return value[len(value) - stop : len(value) - start]
    return value[start:stop]


def split(value: str | None, delimiter: str, limit: int) -> list[str] | None:
    """The parts between delimiters, at most `limit` of them; 0 is no limit."""
    if value is None:
        return None
    return value.split(delimiter, limit - 1 if limit > 0 else -1)


def item(value: Any, index: int) -> Any:
    """The element at an index, negative ones counted from the end; None when there is none."""
    if value is None or not -len(value) <= index < len(value):
        return None
    return value[index]
