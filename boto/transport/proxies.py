"""Which proxy, if any, stands between here and a host."""

from __future__ import annotations

from binascii import b2a_base64

from boto.core.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from boto.transport.base import NetworkOptions, Pair


def basic(pair: Pair) -> str:
    """The value of an Authorization or Proxy-Authorization header (RFC 7617; UTF-8)."""
    return "Basic " + b2a_base64(":".join(pair).encode(), newline=False).decode()


class Proxy:
    """A proxy: its URL without user and password, and the headers it wants."""

    __slots__ = ("auth", "headers", "url")

    def __init__(self, url: str, auth: Pair | None) -> None:
        from urllib.parse import unquote, urlsplit

        if "://" not in url:
            url = f"http://{url}"
        parts = urlsplit(url)
        try:
            known = (
                parts.scheme in ("http", "https", "socks4", "socks4a", "socks5", "socks5h") and parts.hostname
            )
            port = parts.port
        except ValueError:
            known, port = None, None
        if not known:
            # The URL is not repeated: it may hold a password.
            raise ConfigError("a proxy must be a URL such as http://host:port, or socks5://host:port")
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        self.url = f"{parts.scheme}://{host}" + (f":{port}" if port else "")
        if auth is None and parts.username is not None:
            auth = (unquote(parts.username), unquote(parts.password or ""))
        self.auth = auth
        self.headers = {"Proxy-Authorization": basic(auth)} if auth else {}

    def __repr__(self) -> str:
        return f"<Proxy {self.url}>"


class Proxies:
    """Chooses a proxy by scheme and host. The environment is read once, here."""

    def __init__(self, options: NetworkOptions) -> None:
        given = options.proxies
        if given is None:
            from urllib.request import getproxies

            given = getproxies()
        if not isinstance(given, str) and not hasattr(given, "get"):
            raise ConfigError("proxies must be a URL, or a dict of URLs by scheme")
        self._by_scheme: Mapping[str, str] = {"all": given} if isinstance(given, str) else given
        self._auth = options.proxy_auth
        none = self._by_scheme.get("no") or self._by_scheme.get("no_proxy") or ""
        self._exempt = [entry.strip().lower() for entry in none.split(",") if entry.strip()]

    def choose(self, scheme: str, host: str, port: int) -> Proxy | None:
        found = None
        for key in (f"{scheme}://{host}", scheme, f"all://{host}", "all"):
            found = found or self._by_scheme.get(key)
        if not found or self._is_exempt(host.lower(), port):
            return None
        return Proxy(found, self._auth)

    def _is_exempt(self, host: str, port: int) -> bool:
        for entry in self._exempt:
            name, colon, number = entry.rpartition(":")
            if colon and number.isdigit() and ":" not in name:
                if int(number) != port:
                    continue
                entry = name  # noqa: PLW2901 - the port has been looked at
            suffix = entry.removeprefix("*").removeprefix(".")
            if entry == "*" or host == suffix or host.endswith(f".{suffix}") or _in_network(host, entry):
                return True
        return False


def _in_network(host: str, network: str) -> bool:
    """Is this host an IP address in a network written as 10.0.0.0/8?"""
    if "/" not in network:
        return False
    from ipaddress import ip_address, ip_network

    try:
        return ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False
