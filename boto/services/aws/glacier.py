"""Glacier: accounts, versions, and archives that are known by a tree of hashes.

A tree hash is the SHA-256 over the SHA-256 of each mebibyte, two by two, until one is left (the developer guide's
page "Computing Checksums").
"""

from __future__ import annotations

from boto.core.steps import Block
from boto.middleware.before import Prepare
from boto.services.aws.sent import Sent
from boto.services.base import Service
from boto.services.binding import behind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, TypeVar

    from boto.core.http import HTTPResponse
    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed

    M = TypeVar("M")
else:
    M = None

_MEBIBYTE = 1 << 20
_UPLOADS = ("UploadArchive", "UploadMultipartPart")


def tree_hash(chunks: Iterable[bytes]) -> bytes:
    """The tree hash of a body that comes in chunks of a mebibyte, the last perhaps shorter."""
    from hashlib import sha256

    level = [sha256(chunk).digest() for chunk in chunks] or [sha256(b"").digest()]
    while len(level) > 1:
        pairs = [level[index : index + 2] for index in range(0, len(level), 2)]
        level = [sha256(b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return level[0]


class OwnAccount:
    """`-` is the account of whoever asks; it need not be said."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        members = plan.operation.input.members if plan.operation.input is not None else {}
        return OwnAccount.named if "accountId" in members else None

    @staticmethod
    def named(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        params = call.params
        if params.get("accountId") is not None or params.get("account_id") is not None:
            return proceed(call)
        rest = {name: value for name, value in params.items() if name != "account_id"}
        return proceed(call.asking({**rest, "accountId": "-"}))


class Hashes:
    """The two hashes of an upload: of the whole, and of the tree. Comes after the request is prepared."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        return Hashes.added if plan.operation.name in _UPLOADS else None

    @staticmethod
    def added(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        request = call.request
        body = request.body
        if body is not None and not isinstance(body, bytes) and not hasattr(body, "seek"):
            from boto.core.errors import ParameterError

            raise ParameterError(
                call.plan.operation.snake, [("body", "must be bytes or a file that can be read twice")]
            )
        whole, tree = yield from Block(lambda: _hashes(body))
        hashes = {"x-amz-content-sha256": whole, "x-amz-sha256-tree-hash": tree}
        missing = {name: value for name, value in hashes.items() if name not in request.headers}
        return (yield from proceed(call.sending(request.replace(headers=request.headers.merged(missing)))))


def _hashes(body: Any) -> tuple[str, str]:
    from hashlib import sha256

    whole = sha256()

    def chunks() -> Iterable[bytes]:
        if body is None or isinstance(body, bytes):
            data = body or b""
            for start in range(0, len(data), _MEBIBYTE):
                whole.update(data[start : start + _MEBIBYTE])
                yield data[start : start + _MEBIBYTE]
            return
        while chunk := body.read(_MEBIBYTE):
            whole.update(chunk)
            yield chunk

    start = body.tell() if hasattr(body, "seek") else None
    tree = tree_hash(chunks())
    if start is not None:
        body.seek(start)
    return whole.hexdigest(), tree.hex()


class Glacier(Service[M]):
    """Amazon Glacier."""

    stack = (OwnAccount, *behind(Prepare, Sent(x_amz_glacier_version="2012-06-01"), Hashes))
