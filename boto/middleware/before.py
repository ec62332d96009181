"""What happens once, before the first attempt: from the user's parameters to an HTTP request."""

from __future__ import annotations

from boto.models.shapes import IDEMPOTENCY
from boto.models.validate import validate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed


_LABEL = {ord("-"): "0", ord("."): "0"}


class Idempotency:
    """Fills in idempotency tokens, once for all attempts, so that a repeated request is done once."""

    def __init__(self, names: list[tuple[str, str]]) -> None:
        self.names = names

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        shape = plan.operation.input
        members = shape.members.values() if shape is not None else ()
        names = [(member.name, member.snake) for member in members if member.flags & IDEMPOTENCY]
        return Idempotency(names) if names else None

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        from uuid import uuid4

        params = dict(call.params)
        for name, snake in self.names:
            if params.get(name) is None and params.get(snake) is None:
                params[name] = str(uuid4())
        return proceed(call.asking(params))


class Validate:
    """Checks the parameters and spells them as the source does."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        operation = plan.operation

        def checked(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            return proceed(call.asking(validate(operation, call.params)))

        return checked


class Prepare:
    """The pivot between parameters and HTTP: endpoint, host prefix, serialization."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.prefix: str | None = plan.operation.traits.get("host")

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        return Prepare(plan)

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        plan = self.plan
        endpoint = plan.endpoint
        if callable(endpoint):
            endpoint = endpoint(call.params)
        url = endpoint.url
        if self.prefix is not None:
            url = prefixed(url, expand(self.prefix, call.params, plan.operation.snake))
        request = plan.protocol.serializer.serialize(plan.operation, call.params, url)
        if call.url is not None:
            request = request.replace(url=followed(call.url, request.url))
        if endpoint.headers:
            request = request.replace(headers=request.headers.merged(endpoint.headers))
        return proceed(call.sending(request, endpoint))


class UserAgent:
    """Says who is asking."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        agent = {"User-Agent": plan.user_agent}

        def named(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            from boto.core.http import HTTPRequest

            old = call.request
            return proceed(
                call.sending(HTTPRequest(old.method, old.url, old.headers.merged(agent), old.body))
            )

        return named


class Compress:
    """Compression, for the operations that take it."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        settings = plan.settings
        if "gzip" not in plan.operation.traits.get("compress", ()) or settings is None:
            return None
        if settings("disable_request_compression"):
            return None
        from boto.middleware.compress import Gzip

        return Gzip(settings("request_min_compression_size_bytes"))


class Checksum:
    """Checksums, for the operations that know any."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        traits = plan.operation.traits
        if "checksum" not in traits and "checksum_required" not in traits:
            return None
        from boto.middleware.checksum import Checksums

        return Checksums(plan)


def expand(template: str, params: dict[str, Any], operation: str) -> str:
    """A host prefix template such as `{AccountId}.` with its labels filled in.

    Whatever could end a host name, and make another of it, is refused.
    """
    parts = template.split("{")
    out = parts[0]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        label = params.get(name)
        if not isinstance(label, str) or not label.isascii() or not label.translate(_LABEL).isalnum():
            from boto.core.errors import ParameterError

            why = "part of the host: letters, digits, hyphens, dots" if label else "required, and not given"
            raise ParameterError(operation, [(name, why)])
        out += label + rest
    return out


def prefixed(url: str, prefix: str) -> str:
    """The URL with a prefix before its host. Nothing can stand before an address or a local name."""
    scheme, mark, rest = url.partition("://")
    host = rest.partition("/")[0].rpartition("@")[2].partition(":")[0]
    if host == "localhost" or host.startswith("[") or host.replace(".", "").isdigit():
        return url
    return f"{scheme}{mark}{prefix}{rest}"


def followed(link: str, url: str) -> str:
    """A link from an answer, absolute; only on the host that was asked, for credentials travel with it."""
    base, mark, rest = url.partition("://")
    host = rest.partition("/")[0].partition("?")[0]
    if "://" not in link:
        return f"{base}{mark}{host}{link if link.startswith('/') else '/' + link}"
    if link.partition("://")[2].partition("/")[0].partition("?")[0] != host:
        from boto.core.errors import BadAnswer

        raise BadAnswer(f"the answer's next link leads to another host than {host}; it is not followed")
    return f"{base}{mark}{link.partition('://')[2]}"
