"""C2J: reading AWS service models, the JSON that botocore and the `~/.aws/models` folder hold.

A `ServiceModel` is a `Source` over the three documents of one service (`service-2`, `paginators-1`,
`waiters-2`). The compiler of the shipped facts reads AWS through it, and so does a program that brings its
own model, so there is one place that knows this format.

Three of its habits shape the code. A member inherits what its shape says (`flattened`, `locationName`,
`streaming`, `timestampFormat`), and overrides it: `_facts` merges the two. A structure names its payload and
its required members in lists of its own, which become facts of the members. And a list that is flattened by its
own shape is named by its elements, one that a member flattens by the member; here the member's wire name says it
in either case.

Traits of an operation that only AWS understands, beside those of `description`: `idempotent`, `readonly`,
`checksum` ({"required", "request": member with the algorithm, "validate": member, "response": algorithms}),
`checksum_required`, `compress` (encodings), `unsigned` (the payload is not signed), `static` and `paths`
(inputs of the endpoint rules: constants, and JMESPath over the parameters), `discovery` ("required" or
"optional": the endpoint is asked for), `discovers` (this operation is the one to ask).

Traits of a shape: `enum`, `min`, `max`, `sparse` (null is kept in a list or map), `order` (of XML elements),
`events` (an event stream; the members are its events), `event`, `error` (an exception), `sensitive` (a
structure; uses of a shape have the flag), `wrapper`. Extras of a member: `ns` (an XML namespace, or it and
its prefix), `q` (the name in a Query request where it is not the wire name), `context` (the input of the
endpoint rules it is), `enum`, `length` (a stream whose length must be known).

Traits of the service: `service_id`, `endpoint_prefix`, `signing_name`, `signature_version`, `target_prefix`,
`json_version`, `global_endpoint`, `query_compatible`, `settings` (of protocols), `checksum_format`,
`abbreviation`, `rip_service_name`, `context` ({name: type}, settings that the endpoint rules read),
`deprecated`.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.models.shapes import (
    ATTRIBUTE,
    BODY,
    DEPRECATED,
    EVENT_HEADER,
    EVENT_PAYLOAD,
    FLATTENED,
    HEADER,
    HEADERS,
    HOST_LABEL,
    IDEMPOTENCY,
    JSON_VALUE,
    PATH,
    PAYLOAD,
    QUERY,
    QUERY_MAP,
    REQUIRED,
    SENSITIVE,
    STATUS,
    STREAM,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from boto.models.shapes import Row

    Model: TypeAlias = dict[str, Any]

_FLAGS = {
    "idempotencyToken": IDEMPOTENCY, "deprecated": DEPRECATED, "sensitive": SENSITIVE, "flattened": FLATTENED,
    "xmlAttribute": ATTRIBUTE, "streaming": STREAM, "hostLabel": HOST_LABEL, "eventpayload": EVENT_PAYLOAD,
    "eventheader": EVENT_HEADER, "jsonvalue": JSON_VALUE,
}  # fmt: skip
_LOCATIONS = {"uri": PATH, "querystring": QUERY, "header": HEADER, "headers": HEADERS, "statusCode": STATUS}
_SCALARS = {
    "string": "s", "character": "s", "boolean": "b", "integer": "i", "long": "l", "float": "f", "double": "d",
    "bigdecimal": "n", "blob": "B", "timestamp": "t",
}  # fmt: skip
_TIMESTAMPS = {"iso8601": "ti", "unixTimestamp": "tu", "rfc822": "th"}
_SIGNERS = {
    "aws.auth#sigv4": "sigv4", "aws.auth#sigv4a": "sigv4a", "smithy.api#httpBearerAuth": "bearer",
    "smithy.api#noAuth": "none", "v2": "sigv2", "v3": "sigv2", "v4": "sigv4", "v4a": "sigv4a", "s3": "sigv4",
    "s3v4": "sigv4", "v4-unsigned-body": "sigv4", "bearer": "bearer", "none": "none",
}  # fmt: skip
_PLAIN: tuple[Any, ...] = (None, 0, BODY, None, {})  # what each field of a member is when nothing is said
_SHAPE_TRAITS = {
    "enum": "enum", "sparse": "sparse", "order": "xmlOrder", "events": "eventstream", "event": "event",
    "error": "exception", "sensitive": "sensitive", "wrapper": "wrapper",
}  # fmt: skip
_OPERATION_TRAITS = {
    "idempotent": "idempotent", "readonly": "readonly", "deprecated": "deprecated",
    "checksum_required": "httpChecksumRequired", "discovers": "endpointoperation",
}  # fmt: skip
_CHECKSUM = {
    "required": "requestChecksumRequired", "request": "requestAlgorithmMember",
    "validate": "requestValidationModeMember", "response": "responseAlgorithms",
}  # fmt: skip
# The names under which users of boto3 know these operations; it spells one word in two ways.
_KNOWN_AS = {
    "CreateOAuth2TokenWithTokenExchange": "create_o_auth2_token_with_token_exchange",
    "CreateOAuthClientApplication": "create_o_auth_client_application",
    "DeleteOAuthClientApplication": "delete_o_auth_client_application",
    "DescribeOAuthClientApplication": "describe_o_auth_client_application",
    "ListOAuthClientApplications": "list_o_auth_client_applications",
    "UpdateOAuthClientApplication": "update_o_auth_client_application",
}
# The trait of a header -> where the model's metadata keeps it.
_METADATA = {
    "abbreviation": "serviceAbbreviation", "checksum_format": "checksumFormat",
    "endpoint_prefix": "endpointPrefix", "global_endpoint": "globalEndpoint", "json_version": "jsonVersion",
    "rip_service_name": "ripServiceName", "service_id": "serviceId", "settings": "protocolSettings",
    "signature_version": "signatureVersion",
    "signing_name": "signingName", "target_prefix": "targetPrefix",
}  # fmt: skip


class ServiceModel:
    """The facts of one AWS service model. The documents are read, never changed."""

    def __init__(
        self, model: Model, paginators: Model | None = None, waiters: Model | None = None, name: str = ""
    ) -> None:
        self._operations: Model = model["operations"]
        self._shapes: Model = model.get("shapes", {})
        self._pagination: Model = (paginators or {}).get("pagination", {})
        # Version 1 of the format has other acceptors; only folders of many years ago still hold it.
        self._waiters: Model = waiters["waiters"] if waiters and waiters.get("version") == 2 else {}
        self.header: dict[str, Any] = _header(model, name)
        self.names: dict[str, str] = {
            _KNOWN_AS.get(operation) or snake(operation): operation for operation in sorted(self._operations)
        }

    def record(self, name: str) -> dict[str, Any]:
        """The self-contained record of one operation."""
        operation = self._operations[name]
        http = operation.get("http", {})
        rows = _Rows(self._shapes)
        record: dict[str, Any] = {"n": name}
        if http.get("method", "POST") != "POST":
            record["m"] = http["method"]
        if http.get("requestUri", "/") != "/":
            record["u"] = http["requestUri"]
        if name in _KNOWN_AS:
            record["k"] = _KNOWN_AS[name]
        for key, side in (("i", "input"), ("o", "output")):
            if side in operation:
                record[key] = rows.reference(operation[side]["shape"])
        errors = [error["shape"] for error in operation.get("errors", ())]
        if errors:
            record["e"] = errors
        if name in self._pagination:
            record["p"] = _paging(self._pagination[name])
        traits = self._root(operation) | _traits(operation)
        if traits:
            record["t"] = traits
        if rows.rows:
            record["s"] = rows.rows
        return record

    def _root(self, operation: Model) -> dict[str, Any]:
        """The root of the request's body where the shape itself names it."""
        named = (
            self._shapes[operation["input"]["shape"]].get("locationName") if "input" in operation else None
        )
        return {} if named is None else {"root": [named]}

    def errors(self) -> dict[str, Any]:
        """Every modelled error of the service with its shape."""
        rows = _Rows(self._shapes)
        errors: dict[str, Any] = {}
        for name in sorted(self._shapes):
            shape = self._shapes[name]
            if shape.get("exception"):
                errors[name] = {**_error(name, shape), "shape": rows.reference(name)}
        return {"errors": errors, "s": rows.rows} if errors else {}

    def waiters(self) -> dict[str, Any]:
        """The waiters, as `Source.waiters` describes them."""
        return {name: _waiter(self._waiters[name]) for name in sorted(self._waiters)}


class _Rows:
    """The rows of one record, made as they are referred to; recursive shapes refer back to their own row."""

    def __init__(self, shapes: Model) -> None:
        self.rows: list[Row] = []
        self._shapes = shapes
        self._references: dict[str, str | int] = {}

    def reference(self, name: str, override: str | None = None) -> str | int:
        """The reference to a shape; `override` is a timestamp format that a member asks for."""
        if override is not None:
            return _TIMESTAMPS[override]
        known = self._references.get(name)
        if known is None:
            known = self._make(name, self._shapes[name])
        return known

    def _make(self, name: str, shape: Model) -> str | int:
        scalar = _scalar(shape)
        traits = _shape_traits(shape)
        if scalar and not traits:
            self._references[name] = scalar
            return scalar
        index = self._references[name] = len(self.rows)
        row: Row = ["", name]
        self.rows.append(row)
        row[0], fields = ("V", [scalar]) if scalar else self._aggregate(shape)
        row.extend(fields)
        if traits:
            row.append(traits)
        return index

    def _aggregate(self, shape: Model) -> tuple[str, list[Any]]:
        kind = shape["type"]
        if kind == "list":
            return "L", [self._member("member", shape["member"])]
        if kind == "map":
            return "M", [self._member("key", shape["key"]), self._member("value", shape["value"])]
        required = frozenset(shape.get("required", ()))
        payload = shape.get("payload")
        members = {
            name: self._member(name, ref, name in required, name == payload)
            for name, ref in shape.get("members", {}).items()
        }
        return "U" if shape.get("union") else "S", [members]

    def _member(self, name: str, ref: Model, required: bool = False, payload: bool = False) -> Any:
        shape = self._shapes[ref["shape"]]
        facts = {**shape, **ref}
        flags = REQUIRED if required else 0
        for fact, flag in _FLAGS.items():
            if facts.get(fact):
                flags |= flag
        # A structure's own name is that of a document's root: of the payload, not of a member inside one.
        inherits = payload or shape["type"] != "structure"
        wire = (facts if inherits else ref).get("locationName")
        if flags & FLATTENED and shape["type"] == "list" and not ref.get("flattened"):
            wire = shape["member"].get("locationName", wire)
        location = PAYLOAD if payload else _LOCATIONS.get(ref.get("location", ""), BODY)
        if location == QUERY and shape["type"] == "map":
            location = QUERY_MAP
        reference = self.reference(ref["shape"], ref.get("timestampFormat"))
        fields = [reference, flags, location, None if wire == name else wire, _extras(ref, facts)]
        while len(fields) > 1 and fields[-1] == _PLAIN[len(fields) - 1]:
            fields.pop()
        return fields if len(fields) > 1 else reference


def _scalar(shape: Model) -> str:
    """The code of a scalar; empty for a structure, list or map."""
    kind = shape["type"]
    if kind == "structure":
        return "D" if shape.get("document") else ""
    if kind == "timestamp" and "timestampFormat" in shape:
        return _TIMESTAMPS[shape["timestampFormat"]]
    return _SCALARS.get(kind, "")


def _shape_traits(shape: Model) -> dict[str, Any]:
    traits: dict[str, Any] = {}
    for trait, fact in _SHAPE_TRAITS.items():
        if shape.get(fact):
            traits[trait] = shape[fact]
    for limit in ("min", "max"):
        if limit in shape:
            traits[limit] = shape[limit]
    if shape["type"] != "structure" or shape.get("document"):
        traits.pop("sensitive", None)  # a flag of the members that use it; a whole answer has no member
    return traits


def _extras(ref: Model, facts: Model) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    if "xmlNamespace" in facts:
        extras["ns"] = _namespace(facts["xmlNamespace"])
    if "queryName" in ref:
        extras["q"] = ref["queryName"]
    if "contextParam" in ref:
        extras["context"] = ref["contextParam"]["name"]
    if "enum" in ref:
        extras["enum"] = ref["enum"]
    if facts.get("requiresLength"):
        extras["length"] = True
    return extras


def _namespace(fact: str | Model) -> str | list[str]:
    if isinstance(fact, str):
        return fact
    return [fact["uri"], fact["prefix"]] if "prefix" in fact else str(fact["uri"])


def _header(model: Model, name: str) -> dict[str, Any]:
    metadata = model["metadata"]
    identity = name or (metadata.get("serviceId") or metadata["endpointPrefix"]).lower().replace(" ", "-")
    protocols = metadata.get("protocols") or [metadata["protocol"]]
    header: dict[str, Any] = {
        "id": identity,
        "version": metadata.get("apiVersion", ""),
        "protocol": protocols[0],
        "protocols": protocols,
        "title": metadata.get("serviceFullName", identity),
        "auth": _signers(metadata.get("auth") or [metadata.get("signatureVersion", "v4")]),
    }
    if "xmlNamespace" in metadata:
        header["namespace"] = _uri(metadata["xmlNamespace"])
    traits = {trait: metadata[fact] for trait, fact in _METADATA.items() if fact in metadata}
    if "awsQueryCompatible" in metadata:
        traits["query_compatible"] = True
    if "clientContextParams" in model:
        traits["context"] = {key: fact["type"] for key, fact in model["clientContextParams"].items()}
    if model.get("deprecated"):
        traits["deprecated"] = True
    header["traits"] = traits
    return header


def _signers(facts: list[str]) -> list[str]:
    """Neutral names; one that is not known stands for a signer that somebody registers under it."""
    return [_SIGNERS.get(fact, fact) for fact in facts]


def _uri(fact: str | Model) -> str:
    return fact if isinstance(fact, str) else str(fact["uri"])


def _traits(operation: Model) -> dict[str, Any]:
    traits: dict[str, Any] = {trait: True for trait, fact in _OPERATION_TRAITS.items() if operation.get(fact)}
    entry, output = operation.get("input", {}), operation.get("output", {})
    if "resultWrapper" in output:
        traits["wrapper"] = output["resultWrapper"]
    if "locationName" in entry:
        root = [entry["locationName"]]
        if "xmlNamespace" in entry:
            root.append(_uri(entry["xmlNamespace"]))
        traits["root"] = root
    if "endpoint" in operation:
        traits["host"] = operation["endpoint"]["hostPrefix"]
    if operation.get("http", {}).get("responseCode", 200) != 200:
        traits["status"] = operation["http"]["responseCode"]
    traits.update(_signing(operation))
    traits.update(_checksum(operation))
    traits.update(_endpoint_inputs(operation))
    return traits


def _signing(operation: Model) -> dict[str, Any]:
    authtype = operation.get("authtype")
    traits: dict[str, Any] = {}
    if "auth" in operation:
        traits["auth"] = _signers(operation["auth"])
    elif authtype and authtype != "v4-unsigned-body":
        traits["auth"] = _signers([authtype])
    if operation.get("unsignedPayload") or authtype == "v4-unsigned-body":
        traits["unsigned"] = True
    return traits


def _checksum(operation: Model) -> dict[str, Any]:
    traits: dict[str, Any] = {}
    fact = operation.get("httpChecksum")
    if fact:
        checksum = {short: fact[long] for short, long in _CHECKSUM.items() if fact.get(long)}
        traits["checksum"] = checksum
    if "requestcompression" in operation:
        traits["compress"] = operation["requestcompression"]["encodings"]
    return traits


def _endpoint_inputs(operation: Model) -> dict[str, Any]:
    traits: dict[str, Any] = {}
    if "staticContextParams" in operation:
        traits["static"] = {name: fact["value"] for name, fact in operation["staticContextParams"].items()}
    if "operationContextParams" in operation:
        traits["paths"] = {name: fact["path"] for name, fact in operation["operationContextParams"].items()}
    if "endpointdiscovery" in operation:
        traits["discovery"] = "required" if operation["endpointdiscovery"].get("required") else "optional"
    return traits


def _error(name: str, shape: Model) -> dict[str, Any]:
    """What `Source.errors` says of one error, but its shape."""
    error = shape.get("error", {})
    facts: dict[str, Any] = {"code": error.get("code", name)}
    if "httpStatusCode" in error:
        facts["status"] = error["httpStatusCode"]
    retryable = shape.get("retryable")
    told = {
        "sender": error.get("senderFault"),
        "fault": shape.get("fault") or error.get("fault"),
        "retry": retryable is not None,
        "throttle": (retryable or {}).get("throttling"),
        "deprecated": shape.get("deprecated"),
        "synthetic": shape.get("synthetic"),
    }
    facts.update((key, True) for key, value in told.items() if value)
    return facts


def _paging(fact: Model) -> dict[str, Any]:
    paging: dict[str, Any] = {"kind": "token"}
    paging.update({"in": _many(fact["input_token"]), "out": _many(fact["output_token"])})
    if "result_key" in fact:
        paging["items"] = _many(fact["result_key"])
    for key, name in (("size", "limit_key"), ("more", "more_results"), ("other", "non_aggregate_keys")):
        if name in fact:
            paging[key] = fact[name]
    return paging


def _many(fact: str | list[str]) -> list[str]:
    return [fact] if isinstance(fact, str) else fact


def _waiter(fact: Model) -> dict[str, Any]:
    acceptors = []
    for acceptor in fact["acceptors"]:
        row = [acceptor["state"], acceptor["matcher"], acceptor["expected"]]
        if "argument" in acceptor:
            row.append(acceptor["argument"])
        acceptors.append(row)
    return {"o": fact["operation"], "d": fact["delay"], "n": fact["maxAttempts"], "a": acceptors}
