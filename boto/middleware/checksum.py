"""Checksums of what is sent, and of what comes back.

An operation may require a checksum of its body (`Content-MD5`, or a header of its own such as
`x-amz-checksum-crc32`), may take one of several by choice of a parameter, and may offer one of its answer. By
default a CRC-32 is sent wherever one is taken and an offered one is checked, as AWS's SDKs do; the settings
`request_checksum_calculation` and `response_checksum_validation` say `when_required` to do less.

The checksum always travels in a header. A body in memory or in a file is there to be read beforehand; one that
can be read only once goes without. (SDKs send such sums behind the body, in `aws-chunked` coding, which servers
other than Amazon's often refuse.)
"""

from __future__ import annotations

from boto.core import checksums
from boto.core.errors import BadAnswer, ParameterError
from boto.core.http import HTTPResponse
from boto.core.steps import Block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from boto.core.steps import Flow, Readable
    from boto.middleware.stack import Call, Plan, Proceed

DEFAULT = "CRC32"
_PREFIX = "x-amz-checksum-"
# The headers by which a user may have given a checksum, those among them that cannot be computed here.
_GIVEN = frozenset(
    _PREFIX + name
    for name in (
        "crc32", "crc32c", "crc64nvme", "sha1", "sha256", "sha512", "md5", "xxhash64", "xxhash3", "xxhash128",
    )
)  # fmt: skip
_LARGE = 1 << 20  # bytes; computed aside, so that other calls go on


class Checksums:
    """The checksums of one operation."""

    def __init__(self, plan: Plan) -> None:
        traits, settings = plan.operation.traits, plan.settings
        facts = traits.get("checksum") or {}
        members = plan.operation.input.members if plan.operation.input is not None else {}
        self.operation = plan.operation.snake
        self.choice = members.get(facts.get("request", ""))
        self.md5 = self.choice is None and not facts.get("required") and "checksum_required" in traits
        self._names = _GIVEN | {"content-md5"} if self.md5 else _GIVEN
        self.required = bool(facts.get("required") or "checksum_required" in traits)
        self.wanted = (
            self.required or settings is None or settings("request_checksum_calculation") != "when_required"
        )
        self.sends = self.required or self.choice is not None
        mode = members.get(facts.get("validate", ""))
        self.mode = mode
        self.checks = mode is not None and (
            settings is None or settings("response_checksum_validation") != "when_required"
        )
        self.offered = [
            (name, _PREFIX + name.lower()) for name in facts.get("response", ()) if name in checksums.QUICK
        ]

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        if self.sends and self._names.isdisjoint(call.request.headers._items):
            algorithm = call.params.get(self.choice.name) if self.choice is not None else None
            if algorithm is not None or self.wanted:
                return self._sending(call, proceed, algorithm)
        if self.mode is not None:
            return self._asking(call, proceed)
        return proceed(call)

    def _sending(self, call: Call, proceed: Proceed, algorithm: str | None) -> Flow[HTTPResponse]:
        request = call.request
        body = request.body
        name = "MD5" if self.md5 else (algorithm or DEFAULT).upper()
        if name not in checksums.ALGORITHMS:
            raise ParameterError(self.operation, [(self.choice.snake if self.choice is not None else "checksum",
                                                   f"{name} cannot be computed here")])  # fmt: skip
        if isinstance(body, bytes) or body is None:
            data = body or b""
            found = checksums.digest(name, data) if len(data) < _LARGE else (
                yield from Block(lambda: checksums.digest(name, data)))  # fmt: skip
        else:
            read = yield from Block(lambda: _of_stream(name, body))
            if read is None:
                if self.required:
                    raise ParameterError(
                        self.operation, [("body", "must be bytes or a file that can be read twice")]
                    )
                return (yield from proceed(call))
            found = read
        from binascii import b2a_base64

        text = b2a_base64(found, newline=False).decode("ascii")
        headers: dict[str, str | None] = {"Content-MD5" if self.md5 else _PREFIX + name.lower(): text}
        if algorithm is None and self.choice is not None and self.choice.location:
            headers[self.choice.wire] = name
        return (yield from proceed(call.sending(request.replace(headers=request.headers.merged(headers)))))

    def _asking(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        assert self.mode is not None
        request = call.request
        if self.checks and self.mode.name not in call.params:
            headers = request.headers.merged({self.mode.wire: "ENABLED"})
            call = call.sending(request.replace(headers=headers))
        elif call.params.get(self.mode.name) != "ENABLED":
            return (yield from proceed(call))
        response = yield from proceed(call)
        return self._checked(response, call)

    def _checked(self, response: HTTPResponse, call: Call) -> HTTPResponse:
        """The answer, checked; of one still on the wire the stream is, at its end."""
        if response.status != 200 or call.request.method == "HEAD":
            return response
        items = response.headers._items
        for name, header in self.offered:
            # `abc=-3` is a checksum of the checksums of three parts: nothing that the body can be held against.
            if header in items and "-" not in items[header][1]:
                return self._held(response, name, items[header][1])
        return response

    def _held(self, response: HTTPResponse, name: str, told: str) -> HTTPResponse:
        stream = (
            CheckedStream(response.stream, name, told, self.operation)
            if response.stream is not None
            else None
        )
        if stream is None:
            made = checksums.checksum(name)
            made.update(response.body)
            compare(made, name, told, self.operation)
            return response
        return HTTPResponse(response.status, response.headers, response.body, stream)


class CheckedStream:
    """A body whose checksum is compared when its end is read."""

    def __init__(self, stream: Readable, name: str, told: str, operation: str) -> None:
        self._stream = stream
        self._made = checksums.checksum(name)
        self._told = (name, told, operation)
        self._ended = False

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self._made.update(data)
        if ((not data and size != 0) or size < 0) and not self._ended:
            self._ended = True
            compare(self._made, *self._told)
        return data

    def watch(self, scope: Any) -> None:
        """Let a scope cut the connection, as the stream itself would."""
        watch = getattr(self._stream, "watch", None)
        if watch is not None:
            watch(scope)

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()

    @property
    def closed(self) -> bool:
        return bool(getattr(self._stream, "closed", False))

    def __enter__(self) -> CheckedStream:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()


def compare(made: checksums.Checksum, name: str, told: str, operation: str) -> None:
    """Raises BadAnswer unless the checksum is the one that was told."""
    from binascii import b2a_base64

    found = b2a_base64(made.digest(), newline=False).decode("ascii")
    if found != told:
        raise BadAnswer(f"{operation}: the body is damaged: its {name} is {found}, the service told {told}")


def _of_stream(name: str, body: Any) -> bytes | None:
    from boto.core.body import read_through

    made = checksums.checksum(name)
    return made.digest() if read_through(body, made.update) else None
