"""How certificates are checked, decided once for all sockets of a transport.

Reading the default bundle of authorities takes tens of milliseconds, so that one context serves every pool.
"""

from __future__ import annotations

from boto.core.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ssl import SSLContext

    from boto.transport.base import Pair


def tls_context(verify: bool | str, cert: str | Pair | None) -> SSLContext:
    """A context that trusts the default authorities, those of a file or directory, or everybody."""
    import ssl

    from urllib3.util.ssl_ import create_urllib3_context

    context = create_urllib3_context()
    context.set_alpn_protocols(["http/1.1"])
    if verify is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    else:
        _trust(context, _default_bundle() if verify is True else verify)
    if cert is not None:
        chain, key = (cert, None) if isinstance(cert, str) else cert
        try:
            context.load_cert_chain(chain, key)
        except OSError as error:  # SSLError is one
            raise ConfigError(f"cert: cannot use {chain!r}: {error.strerror or error}") from error
    return context


def _trust(context: SSLContext, path: str) -> None:
    import os

    try:
        if os.path.isdir(path):
            context.load_verify_locations(capath=path)
        else:
            context.load_verify_locations(cafile=path)
    except OSError as error:
        raise ConfigError(f"verify: cannot use {path!r} as a CA bundle: {error.strerror or error}") from error


def _default_bundle() -> str:
    import os

    from requests import certs

    # The variables that users of requests and curl set for a private authority.
    named = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    return named or str(certs.where())  # type: ignore[attr-defined]  # passed on from certifi
