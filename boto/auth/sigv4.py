"""Signature version 4: an HMAC over the canonical request, by a key derived for one day, region and service.

The derived key is kept ready to use, and so are the order of the headers in a header set and the text of the
current second. What is kept never depends on a request's content.
"""

from __future__ import annotations

from time import gmtime, strftime

from boto.auth.canonical import (
    AMZ,
    HeaderOrders,
    HMACKey,
    canonical_headers,
    canonical_path,
    canonical_query,
    payload_hash,
    sha256,
)  # fmt: skip
from boto.core.errors import ConfigError, ParameterError
from boto.core.http import Headers, HTTPRequest
from boto.core.url import quote, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    from boto.auth.base import Scope
    from boto.auth.canonical import HeaderItems, Labels

WEEK = 604800
_QUERY_FIELDS = frozenset(
    ("Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Security-Token", "Signature")
)


class SigningKey:
    """The key of one secret for one day, region and service, and the texts that go with it."""

    __slots__ = ("_algorithm", "credential", "header", "hmac", "scope", "secret")

    def __init__(
        self, labels: Labels, access_key: str, secret: str, date: str, region: str, service: str
    ) -> None:
        key = (labels.secret + secret).encode()
        for part in (date, region, service, labels.terminator):
            key = HMACKey(key).digest(part.encode())
        self.secret: Final = secret
        self.hmac: Final = HMACKey(key)
        self._algorithm: Final = labels.algorithm
        self.scope: Final = f"{date}/{region}/{service}/{labels.terminator}"
        self.credential: Final = f"{access_key}/{self.scope}"
        self.header: Final = f"{labels.algorithm} Credential={self.credential}, SignedHeaders="

    def to_sign(self, stamp: str, canonical: str) -> str:
        """The text that is signed: it names the canonical request by its hash."""
        return f"{self._algorithm}\n{stamp}\n{self.scope}\n{sha256(canonical.encode()).hexdigest()}"


class SigV4:
    """Signs headers (`sign`) or URLs (`presign`).

    Options of a scope: `normalize_path` and `double_encode` (both on; off for S3), `payload_hash` (known
    already; a stream needs it), `unsigned_payload`, `content_sha256` (send the hash as a header), and
    `omit_token` (the session token travels unsigned).
    """

    __slots__ = ("_keys", "_orders", "_second", "labels")
    LIMIT = 1024

    def __init__(self, labels: Labels = AMZ) -> None:
        self.labels: Final = labels
        self._keys: dict[tuple[str, str, str, str], SigningKey] = {}
        self._orders = HeaderOrders()
        self._second: tuple[int, str, str] = (-1, "", "")

    def sign(self, request: HTTPRequest, credentials: Any, scope: Scope) -> HTTPRequest:
        """A copy of the request with an Authorization header; one that was there is replaced."""
        stamp, key = self._key(credentials, scope)
        items, names, canonical = self._headers(request, credentials, scope, stamp)
        signature = key.hmac.hexdigest(key.to_sign(stamp, canonical).encode())
        items["authorization"] = ("Authorization", f"{key.header}{names}, Signature={signature}")
        if credentials.token and scope.options.get("omit_token"):
            items[self.labels.token_key] = (self.labels.token, credentials.token)
        headers = Headers.__new__(Headers)
        headers._items = items
        return HTTPRequest(request.method, request.url, headers, request.body)

    def presign(self, request: HTTPRequest, credentials: Any, scope: Scope, expires_in: int) -> HTTPRequest:
        """A copy whose URL carries the proof; whoever sends it must send its headers too."""
        if not 0 < expires_in <= WEEK:
            raise ParameterError(
                "presign", [("expires_in", f"{expires_in} is not within 1 to {WEEK} seconds")]
            )
        stamp, key = self._key(credentials, scope)
        query, canonical = self._query(request, credentials, scope, stamp, key, int(expires_in))
        prefix = self.labels.header
        signature = key.hmac.hexdigest(key.to_sign(stamp, canonical).encode())
        query = f"{query}&{prefix}Signature={signature}"
        if credentials.token and scope.options.get("omit_token"):
            query = f"{query}&{self.labels.token}={quote(credentials.token)}"
        base = request.url.partition("#")[0].partition("?")[0]
        if "/" not in base.partition("://")[2]:
            base += "/"
        headers = request.headers.merged({"Authorization": None})
        return HTTPRequest(request.method, f"{base}?{query}", headers, request.body)

    def explain(
        self, request: HTTPRequest, credentials: Any, scope: Scope, expires_in: int | None = None
    ) -> tuple[str, str]:
        """The canonical request and the string to sign: what to compare when a service says they differ."""
        stamp, key = self._key(credentials, scope)
        if expires_in is None:
            canonical = self._headers(request, credentials, scope, stamp)[2]
        else:
            canonical = self._query(request, credentials, scope, stamp, key, int(expires_in))[1]
        return canonical, key.to_sign(stamp, canonical)

    def _headers(
        self, request: HTTPRequest, credentials: Any, scope: Scope, stamp: str
    ) -> tuple[HeaderItems, str, str]:
        """For a signature in a header: the headers to send, the names signed, the canonical request."""
        options, labels = scope.options, self.labels
        _, host, path, query = split(request.url)
        items = request.headers._items.copy()
        if "authorization" in items:
            del items["authorization"]
        items[labels.date_key] = (labels.date, stamp)
        if credentials.token and not options.get("omit_token"):
            items[labels.token_key] = (labels.token, credentials.token)
        elif labels.token_key in items:
            del items[labels.token_key]
        content = labels.content_key
        if content in items:
            hashed = items[content][1]
        else:
            hashed = payload_hash(request, options)
            if options and options.get("content_sha256"):
                items[content] = (labels.content, hashed)
        own_host = items.setdefault("host", ("Host", host))
        names, signed = self._orders[tuple(items)]
        lines = canonical_headers(items, names)
        if own_host[1] is host:
            del items["host"]  # the transport writes it
        if path != "/":
            path = canonical_path(
                path, options.get("normalize_path", True), options.get("double_encode", True)
            )
        if query:
            query = canonical_query(query)
        canonical = f"{request.method}\n{path}\n{query}\n{lines}\n{signed}\n{hashed}"
        return items, signed, canonical

    def _query(
        self,
        request: HTTPRequest,
        credentials: Any,
        scope: Scope,
        stamp: str,
        key: SigningKey,
        expires_in: int,
    ) -> tuple[str, str]:
        """For a signature in the query: the query without it, the canonical request."""
        options, labels = scope.options, self.labels
        _, host, path, query = split(request.url)
        items = dict(request.headers._items)
        content = items.get(labels.content_key)
        hashed = content[1] if content else payload_hash(request, options)
        items.pop(labels.date_key, None)
        items.pop(labels.token_key, None)
        items.setdefault("host", ("Host", host))
        names, signed = self._orders[tuple(items)]
        prefix = labels.header
        fields = [field for field in query.split("&") if field and not self._own(field)]
        fields += [
            f"{prefix}Algorithm={labels.algorithm}",
            f"{prefix}Credential={quote(key.credential)}",
            f"{prefix}Date={stamp}",
            f"{prefix}Expires={expires_in}",
            f"{prefix}SignedHeaders={quote(signed)}",
        ]
        if credentials.token and not options.get("omit_token"):
            fields.append(f"{labels.token}={quote(credentials.token)}")
        query = "&".join(fields)
        path = canonical_path(path, options.get("normalize_path", True), options.get("double_encode", True))
        lines = canonical_headers(items, names)
        return query, f"{request.method}\n{path}\n{canonical_query(query)}\n{lines}\n{signed}\n{hashed}"

    def _own(self, field: str) -> bool:
        """Whether a query field is one this signer wrote before."""
        name = field.partition("=")[0]
        prefix = self.labels.header
        return name.startswith(prefix) and name[len(prefix) :] in _QUERY_FIELDS

    def _key(self, credentials: Any, scope: Scope) -> tuple[str, SigningKey]:
        """The time stamp and the signing key."""
        second = int(scope.time)
        known, stamp, date = self._second
        if second != known:
            stamp = strftime("%Y%m%dT%H%M%SZ", gmtime(second))
            date = stamp[:8]
            self._second = (second, stamp, date)
        try:
            access_key, secret = credentials.access_key, credentials.secret_key
        except AttributeError:
            raise ConfigError(
                f"{self.labels.algorithm} needs credentials with access_key and secret_key, "
                f"not {type(credentials).__name__}"
            ) from None
        ident = (access_key, date, scope.region, scope.service)
        key = self._keys.get(ident)
        if key is None or key.secret != secret:
            if len(self._keys) >= self.LIMIT:
                self._keys.clear()
            key = SigningKey(self.labels, access_key, secret, date, scope.region, scope.service)
            self._keys[ident] = key
        return stamp, key
