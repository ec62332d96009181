"""Binding: everything about one operation of one service that does not depend on the call, put together once."""

from __future__ import annotations

from time import time

from boto.core.steps import Block
from boto.middleware.before import Checksum, Compress, Idempotency, Prepare, UserAgent, Validate
from boto.middleware.log import Log
from boto.middleware.retry import Retry, policy
from boto.middleware.sign import Sign
from boto.middleware.stack import Plan, Prepared, compose, exchange
from boto.models.shapes import STREAM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.core.steps import Flow
    from boto.middleware.stack import Call, KnowingLayer, Layer, Proceed, Protocol
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape
    from boto.services.base import Service

DEFAULT = (Idempotency, Validate, Prepare, UserAgent, Compress, Checksum, Retry, Sign, Log)

# What surrounds an exchange that takes place; a request that is only prepared goes through the others.
_EXCHANGES = (Retry, Log)
# Methods of which two requests have the effect of one (RFC 9110, 9.2.2).
_IDEMPOTENT = frozenset(("GET", "HEAD", "PUT", "DELETE", "OPTIONS"))


def behind(layer: type[Layer], *added: type[Layer] | KnowingLayer) -> tuple[type[Layer] | KnowingLayer, ...]:
    """The usual stack, with more layers right behind one of it."""
    index = DEFAULT.index(layer) + 1
    return (*DEFAULT[:index], *added, *DEFAULT[index:])


def bind(service: Service[Any], operation: Operation) -> Flow[Plan]:
    """The plan of an operation. Reads configuration files, in a Block, if nobody has yet."""
    settings = service._settings
    if not settings.loaded:
        yield from Block(settings.load)
    registry = service.session.registry
    provider = service.provider
    spoken = [service.protocol] if service.protocol else provider.protocols(service, operation)
    protocol: Protocol = service.dialect(registry.protocol(spoken, service.name), operation)
    signing = provider.signing(service, operation)
    endpoint = provider.endpoint(service, operation)
    credentials = service.credentials if signing is not None else None
    if credentials is not None and getattr(endpoint, "asks_who", False):
        yield from credentials.resolve(time())
    stream, events = _streamed(operation.output)
    sent = _streamed(operation.input)[1]
    innermost: Proceed = exchange
    if sent is not None:
        from boto.middleware.frames import Framed, sending

        protocol, innermost = Framed(protocol, sent), sending(events)
    plan = Plan(
        operation,
        protocol=protocol,
        endpoint=endpoint,
        signing=signing,
        credentials=credentials,
        retries=policy(_retries(settings)),
        repeatable=provider.repeats_posts or operation.method in _IDEMPOTENT,
        timeout=settings.get("timeout"),
        user_agent=user_agent(),
        stream=stream,
        events=events,
        settings=settings.get,
    )
    plan.stack = stack = service.stack_for(operation) or DEFAULT
    plan.proceed = compose(stack, plan, innermost)
    plan.prepare = compose([layer for layer in stack if layer not in _EXCHANGES], plan, _prepared)
    return plan


def _retries(settings: Any) -> Any:
    """What the user said of retries; else what AWS's tools count: attempts, the first among them."""
    said = settings.get("retries")
    if said is None:
        attempts = settings.get("max_attempts")
        return None if attempts is None else attempts - 1
    return said


def _prepared(call: Call) -> Flow[Any]:
    """The innermost flow of a request that is only prepared."""
    raise Prepared(call.request)
    yield


def _streamed(shape: Shape | None) -> tuple[bool, Member | None]:
    """Whether the body of this shape is a stream, and the member that is one of events."""
    members = shape.members.values() if shape is not None else ()
    for member in members:
        if member.eventstream:
            return True, member
        if member.flags & STREAM:
            return True, None
    return False, None


_agent: list[str] = []


def user_agent() -> str:
    """`boto/3.0.0a1 python/3.11.7 linux`, made once."""
    if not _agent:
        import sys

        from boto.core.version import VERSION

        version = ".".join(str(part) for part in sys.version_info[:3])
        _agent.append(f"boto/{VERSION} python/{version} {sys.platform}")
    return _agent[0]
