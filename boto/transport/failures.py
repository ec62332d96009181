"""From the many errors of sockets, TLS and HTTP libraries to the few of this library.

Messages name host and port, and the innermost reason. Nothing is quoted from the errors in between: they
hold the URL, and its query may hold a signature. For the same reason the new error knows the innermost
error as its cause, and none of the others.
"""

from __future__ import annotations

import ssl
from http.client import HTTPException
from http.client import InvalidURL as ControlCharacters

from requests import exceptions as of_requests
from urllib3 import exceptions as of_urllib3

from boto.core.errors import BadAnswer, BotoError, ConfigError, ConnectFailed, Timeout, TLSFailed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from boto.transport.requests import Exchange

_LIBRARIES = (of_requests.RequestException, of_urllib3.HTTPError)
# Errors about the request itself, raised before anything is sent.
_UNSENDABLE = (of_requests.InvalidURL, of_requests.InvalidSchema, of_requests.MissingSchema,
               of_requests.InvalidHeader, of_urllib3.LocationValueError, ControlCharacters)  # fmt: skip
NETWORK = (OSError, HTTPException, of_urllib3.HTTPError, ValueError)


def failure(error: Exception, exchange: Exchange) -> BotoError:
    """The error to raise for one of NETWORK, with the innermost reason as its cause."""
    if isinstance(error, BotoError):
        return error
    root = _root(error)
    failed = _failure(error, root, exchange)
    if not isinstance(failed, ConfigError):
        failed.__cause__ = root
    return failed


def _failure(error: Exception, root: BaseException, exchange: Exchange) -> BotoError:
    where = exchange.endpoint
    if exchange.expired:
        return _timeout("total", exchange)
    if isinstance(error, _UNSENDABLE) or isinstance(root, _UNSENDABLE) or _is_plain_value_error(error):
        return ConfigError(
            f"a request to {where} cannot be sent: its URL, method or a header is not valid HTTP"
        )
    if isinstance(error, of_urllib3.DecodeError | of_requests.ContentDecodingError):
        return BadAnswer(f"the answer of {where} is not encoded as its Content-Encoding header says")
    phase = _timed_out(error, root, exchange)
    if phase:
        return _timeout(phase, exchange)
    if _is_tls(error, root, exchange):
        return TLSFailed(f"no TLS with {_peer(exchange)}: {_reason(root)}", where)
    if exchange.sent:
        return ConnectFailed(f"the connection to {where} broke: {_reason(root)}", where, sent=True)
    return ConnectFailed(f"cannot connect to {_peer(exchange)}: {_reason(root)}", where)


def expired(exchange: Exchange) -> Timeout | None:
    """The error for an answer that came too late, or was cut short without anybody noticing.

    `http.client` takes a connection that ends within the headers for one that ends after them.
    """
    return _timeout("total", exchange) if exchange.expired else None


def _timeout(phase: str, exchange: Exchange) -> Timeout:
    where, elapsed = exchange.endpoint, exchange.elapsed
    said = {
        "connect": f"cannot connect to {_peer(exchange)}: no connection after {elapsed:.3g} s",
        "pool": f"every connection of the pool for {where} was in use for {elapsed:.3g} s",
        "read": f"{where} stopped answering; the call was given up after {elapsed:.3g} s",
        "total": f"no complete answer from {where} within the {exchange.timeout or 0:g} s given for all of it",
    }
    return Timeout(said[phase], where, phase, elapsed)


def _timed_out(error: Exception, root: BaseException, exchange: Exchange) -> str | None:
    """The phase in which time ran out, if that is what happened."""
    if isinstance(error, of_urllib3.EmptyPoolError) or isinstance(root, of_urllib3.EmptyPoolError):
        return "pool"
    timeouts = (TimeoutError, of_requests.Timeout, of_urllib3.TimeoutError)
    if not isinstance(root, timeouts) and not isinstance(error, timeouts):
        return None
    if exchange.timeout is not None and exchange.elapsed >= exchange.timeout:
        return "total"
    if exchange.phase:  # the error's own name is no guide: a slow handshake comes as a ReadTimeout
        return exchange.phase
    return "connect" if isinstance(error, of_requests.ConnectTimeout) else "read"


def _is_tls(error: Exception, root: BaseException, exchange: Exchange) -> bool:
    if exchange.sent:
        return isinstance(root, ssl.SSLCertVerificationError)
    return isinstance(root, ssl.SSLError | ssl.CertificateError) or isinstance(error, of_requests.SSLError)


def _is_plain_value_error(error: Exception) -> bool:
    return isinstance(error, ValueError) and not isinstance(error, (OSError, *_LIBRARIES))


def _peer(exchange: Exchange) -> str:
    return f"{exchange.endpoint} through the proxy {exchange.proxy}" if exchange.proxy else exchange.endpoint


def _reason(root: BaseException) -> str:
    if isinstance(root, ssl.SSLCertVerificationError):
        return f"certificate not accepted, {root.verify_message}"
    if isinstance(root, ssl.SSLError):
        return (root.reason or str(root)).replace("_", " ").lower()
    if isinstance(root, OSError) and root.strerror:
        return root.strerror
    if isinstance(root, of_urllib3.IncompleteRead):
        return "the answer ended early"
    # The first line only: it is the reason, what follows in some libraries is the request.
    return (str(root).splitlines() or [""])[0] or type(root).__name__


def _root(error: BaseException) -> BaseException:
    """The innermost error below the wrappings of the libraries; the user's own context is never entered."""
    seen: list[BaseException] = []
    while isinstance(error, _LIBRARIES) and error not in seen:
        seen.append(error)
        inner = [error.__cause__, getattr(error, "reason", None), *error.args, error.__context__]
        known = (*_LIBRARIES, OSError, HTTPException)
        error = next((one for one in inner if isinstance(one, known) and one not in seen), error)
    return error
