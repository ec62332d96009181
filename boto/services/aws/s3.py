"""S3: what its description does not say.

Addressing by host or path, customer keys and their MD5s, copy sources, listings whose keys XML could not hold,
failures under a status of success, and buckets that live in another region than they were asked for in.

Options of its own, `s3={...}`: `addressing_style` (auto, virtual, path), `use_accelerate_endpoint`,
`use_dualstack_endpoint`, `use_arn_region`, `us_east_1_regional_endpoint` (legacy, regional),
`disable_multiregion_access_points`, `disable_express_session_auth`, `payload_signing_enabled`. The style is a
preference, which gives way where a bucket has no such address; `force_path_style` is the rules' own word.
"""

from __future__ import annotations

from boto.core.http import HTTPResponse
from boto.core.steps import Block
from boto.core.url import quote
from boto.middleware.before import Checksum, Idempotency, Prepare, UserAgent, Validate
from boto.middleware.log import Log
from boto.middleware.retry import Retry
from boto.middleware.sign import Sign
from boto.models.shapes import STREAM
from boto.services.aws.options import own, switch
from boto.services.base import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from boto.core.steps import Flow
    from boto.middleware.stack import Call, Middleware, Plan, Proceed
    from boto.models.description import Operation

    M = TypeVar("M")
else:
    M = None

_KEYS = ("SSECustomerKey", "CopySourceSSECustomerKey")
_LISTINGS = ("ListObjects", "ListObjectsV2", "ListObjectVersions")
_MOVED = (301, 302, 307)
# How long the beginning of an answer is in which `<Error` is looked for, behind a declaration.
_BEGINNING = 256


class S3(Service[M]):
    """Amazon Simple Storage Service."""

    protocol = "s3"
    # A key is not a path: `a//b` and `a/../b` are keys of their own.
    own_options = {
        "addressing_style": ("auto", "path", "virtual"),
        "disable_express_session_auth": (),
        "disable_multiregion_access_points": (),
        "force_path_style": (),
        "payload_signing_enabled": (),
        "us_east_1_regional_endpoint": ("legacy", "regional"),
        "use_accelerate_endpoint": (),
        "use_arn_region": (),
        "use_dualstack_endpoint": (),
    }
    signing_options = {"content_sha256": True, "double_encode": False, "normalize_path": False}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._regions: dict[str, str] = {}  # where buckets were found to live
        self._exact = own(self, "force_path_style") is not None
        self.stack = (
            Idempotency, CustomerKeys, CopySources, EncodedKeys, Validate, Prepare, UserAgent, Checksum,
            Payload(self), Regions(self), Retry, Failures, Sign, Log,
        )  # fmt: skip

    def rule_inputs(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """The inputs of the endpoint rules that only S3 has."""
        region, endpoint = inputs["AWS::Region"], inputs["SDK::Endpoint"]
        accelerate = switch(self, "use_accelerate_endpoint", None, "s3") or False
        style = own(self, "addressing_style", None, "s3")
        regional = own(self, "us_east_1_regional_endpoint", "s3_us_east_1_regional_endpoint", "s3")
        path = style == "path"
        if accelerate:
            path = False
        elif endpoint is not None and not _is_accelerate(endpoint):
            # Servers other than Amazon's rarely have a host name for each bucket.
            path = style != "virtual"
        dual = switch(self, "use_dualstack_endpoint", None, "s3")
        return {
            "AWS::UseDualStack": inputs["AWS::UseDualStack"] if dual is None else dual,
            "AWS::S3::Accelerate": accelerate,
            "AWS::S3::ForcePathStyle": path,
            "AWS::S3::UseGlobalEndpoint": regional in (None, "legacy")
            and region in ("us-east-1", "aws-global"),
            "AWS::S3::UseArnRegion": switch(self, "use_arn_region", "s3_use_arn_region", "s3") is not False,
            "AWS::S3::DisableMultiRegionAccessPoints": switch(
                self, "disable_multiregion_access_points", "s3_disable_multiregion_access_points"
            ),
            "AWS::S3::DisableS3ExpressSessionAuth": switch(
                self, "disable_express_session_auth", "s3_disable_express_session_auth"
            ),
        }

    def rule_inputs_of_call(self, operation: Operation, params: dict[str, Any]) -> dict[str, Any]:
        """What depends on the bucket: ARNs have hosts of their own, and some buckets were found elsewhere."""
        bucket = params.get("Bucket")
        if bucket is None:
            return {}
        changed: dict[str, Any] = {}
        if operation.name == "GetBucketLocation":
            # Asked by who does not know the region: by path any region answers.
            changed["ForcePathStyle"] = True
        elif bucket.startswith("arn:") and not self._exact:
            changed["ForcePathStyle"] = False
        if bucket in self._regions:
            changed["Region"] = self._regions[bucket]
            changed["UseGlobalEndpoint"] = False
        return changed


def _is_accelerate(endpoint: str) -> bool:
    """Whether a URL is that of Transfer Acceleration, which knows buckets by host alone."""
    host = endpoint.partition("://")[2].partition("/")[0]
    return host in ("s3-accelerate.amazonaws.com", "s3-accelerate.dualstack.amazonaws.com")


class CustomerKeys:
    """Keys of the customer's own (SSE-C): sent as base64 with their MD5, given as bytes or text."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        members = plan.operation.input.members if plan.operation.input is not None else {}
        keys = [(members[name], members[f"{name}MD5"]) for name in _KEYS if name in members]
        if not keys:
            return None

        def keyed(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            changed: dict[str, Any] = {}
            for member, digest in keys:
                name = member.name if member.name in call.params else member.snake
                key = call.params.get(name)
                told = call.params.get(digest.name, call.params.get(digest.snake))
                if isinstance(key, (str, bytes, bytearray)) and told is None:
                    changed[name], changed[digest.name] = _sealed(key)
            return proceed(call.asking({**call.params, **changed}) if changed else call)

        return keyed


def _sealed(key: str | bytes | bytearray) -> tuple[str, str]:
    from binascii import b2a_base64

    from boto.core.checksums import digest

    data = key.encode() if isinstance(key, str) else bytes(key)
    texts = [b2a_base64(one, newline=False).decode("ascii") for one in (data, digest("MD5", data))]
    return texts[0], texts[1]


class CopySources:
    """`copy_source` as a text, `bucket/key`, or as a dict of bucket, key and version."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        if plan.operation.input is None or "CopySource" not in plan.operation.input.members:
            return None
        operation = plan.operation.snake

        def copying(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            params = dict(call.params)
            for name in ("CopySource", "copy_source"):
                if params.get(name) is not None:
                    params[name] = copy_source(params[name], operation)
            return proceed(call.asking(params))

        return copying


def copy_source(source: Any, operation: str = "copy") -> Any:
    """The header that names what is copied."""
    if isinstance(source, str):
        path, mark, version = source.rpartition("?versionId=")
        return f"{quote(path, '/')}{mark}{version}" if mark and " " not in version else quote(source, "/")
    if not hasattr(source, "items"):
        return source  # for validation to complain of
    given = {str(name).replace("_", "").lower(): value for name, value in source.items()}
    bucket, key, version = (given.pop(name, None) for name in ("bucket", "key", "versionid"))
    if given or not isinstance(bucket, str) or not isinstance(key, str):
        from boto.core.errors import ParameterError

        raise ParameterError(
            operation, [("copy_source", "must be a dict of bucket, key and perhaps version_id")]
        )
    between = "/object/" if bucket.startswith("arn:") else "/"
    return quote(f"{bucket}{between}{key}", "/") + (f"?versionId={version}" if version is not None else "")


class EncodedKeys:
    """Has keys in listings percent-encoded on the way, for XML cannot hold all that keys may."""

    presigned = False  # whoever reads the answer to a presigned URL did not ask for it

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        return EncodedKeys.listed if plan.operation.name in _LISTINGS else None

    @staticmethod
    def listed(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        params = call.params
        if params.get("EncodingType") is not None or params.get("encoding_type") is not None:
            return (yield from proceed(call))
        params = {name: value for name, value in params.items() if name != "encoding_type"}
        response = yield from proceed(call.asking({**params, "EncodingType": "url"}))
        if response.status != 200:
            return response
        from boto.services.aws.s3xml import EncodedAnswer

        return EncodedAnswer(response.status, response.headers, response.body)


class Payload:
    """What is signed of a body.

    A body that is a stream, or large, is not hashed where TLS protects it: that a checksum goes with it is the
    service's own advice. Over plain http it is read beforehand.
    """

    presigned = False  # the body comes later, from somebody else

    def __init__(self, service: S3[Any]) -> None:
        self.service = service

    def bind(self, plan: Plan) -> Middleware | None:
        members = plan.operation.input.members.values() if plan.operation.input is not None else ()
        if plan.signing is None or not any(member.flags & STREAM for member in members):
            return None
        signs = switch(self.service, "payload_signing_enabled", None, "s3")

        def hashed(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
            request = call.request
            if (
                signs is not True
                and request.url.startswith("https:")
                and (signs is False or _summed(request))
            ):
                headers = request.headers.merged({"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"})
                return proceed(call.sending(request.replace(headers=headers)))
            if isinstance(request.body, bytes) or request.body is None:
                return proceed(call)
            return _read_first(call, proceed)

        return hashed


def _summed(request: Any) -> bool:
    """Whether the body has a checksum or cannot be given one."""
    if not isinstance(request.body, bytes):
        return request.body is not None
    return any(name.startswith("x-amz-checksum-") or name == "content-md5" for name in request.headers._items)


def _read_first(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
    from boto.core.body import read_through
    from boto.core.checksums import checksum
    from boto.core.errors import ParameterError

    request = call.request
    made = checksum("SHA256")
    if not (yield from Block(lambda: read_through(request.body, made.update))):
        problem = "must be bytes or a file that can be read twice: it is signed, for the endpoint has no TLS"
        raise ParameterError(call.plan.operation.snake, [("body", problem)])
    headers = request.headers.merged({"X-Amz-Content-SHA256": made.digest().hex()})
    return (yield from proceed(call.sending(request.replace(headers=headers))))


class Failures:
    """Failures under a status of success, which copies and completed uploads may end in, are those of a server."""

    @staticmethod
    def bind(plan: Plan) -> Middleware | None:
        return None if plan.stream else Failures.seen

    @staticmethod
    def seen(call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        response = yield from proceed(call)
        if response.status != 200 or not response.body:
            return response
        body = response.body.lstrip()  # white space kept the answer alive until it was known
        start = body[:_BEGINNING]
        if b"<Error" not in start:
            return response
        if start.startswith(b"<?"):
            start = start.partition(b"?>")[2].lstrip()
        failed = start.startswith((b"<Error>", b"<Error "))
        return HTTPResponse(500, response.headers, body) if failed else response


class Regions:
    """Asks again where a bucket lives when S3 says that it lives elsewhere, and remembers."""

    def __init__(self, service: S3[Any]) -> None:
        self.service = service

    def bind(self, plan: Plan) -> Middleware | None:
        if (
            plan.operation.input is None
            or "Bucket" not in plan.operation.input.members
            or not callable(plan.endpoint)
        ):
            return None
        return self

    def __call__(self, call: Call, proceed: Proceed) -> Flow[HTTPResponse]:
        response = yield from proceed(call)
        status = response.status
        if status < 300 or (status != 400 and status not in _MOVED):
            return response
        region = _region_told(response, call)
        bucket = call.params.get("Bucket")
        body = call.request.body
        if region is None or bucket is None or self.service._regions.get(bucket) == region:
            return response
        if not (body is None or isinstance(body, bytes)):
            return response  # read already
        self.service._regions[bucket] = region
        endpoint = call.plan.endpoint
        found = endpoint(call.params) if callable(endpoint) else endpoint
        url = found.url.removesuffix("/") + call.request.url[len(call.endpoint.url.removesuffix("/")) :]
        return (yield from proceed(call.sending(call.request.replace(url=url), found)))


def _region_told(response: HTTPResponse, call: Call) -> str | None:
    """The region an answer sends us to, if it does."""
    code = ""
    told = None
    if response.body:
        info = call.plan.parser.parse_error(response, call.plan.operation)
        code = info.code
        start = response.body.find(b"<Region>")
        if start >= 0:
            told = response.body[start + 8 : response.body.find(b"</Region>", start)].decode(
                "ascii", "replace"
            )
    if response.status == 400 and call.request.method != "HEAD" and code != "AuthorizationHeaderMalformed":
        return None
    region = response.headers.get("x-amz-bucket-region") or told
    plain = region is not None and region.replace("-", "").isalnum()
    return region if plain else None
