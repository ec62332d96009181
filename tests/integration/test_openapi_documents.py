"""Every operation of five vendors' OpenAPI documents loads, and its requests satisfy a validator not ours.

For each operation parameters are made from its shapes alone, once only what is required and once all there
is, serialised by the `rest` protocol and given to openapi-core together with the vendor's document. What it
refuses is listed below with the reason, and the list must be exact.

The documents are not part of the project: they are looked for in the folder that BOTO_SPECS names, and in
`../shared/specs`.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from boto.models.description import Description
from boto.models.openapi import OpenAPIDocument
from boto.models.shapes import READ_ONLY, REQUIRED
from boto.serializers.rest import RestSerializer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boto.core.http import HTTPRequest
    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape

core = pytest.importorskip("openapi_core")

SPECS = Path(os.environ.get("BOTO_SPECS") or Path(__file__).parents[3] / "shared" / "specs")
OPERATIONS = {"digitalocean": 659, "linode": 390, "vultr": 177, "cloudflare": 1533, "kubernetes": 1123}
# Why the validator refuses, and which operations. None is about what the serializer writes.
REASONS = {
    "read-only": "a property of the body is read-only and required: the validator asks for it and refuses it",
    "overlap": "what satisfies one alternative of a oneOf satisfies another as well",
    "closed": "an object is closed (additionalProperties: false) to its own further or required properties",
    "default": "the default of a parameter, which the validator fills in, is none of the parameter's values",
    "untyped": "a parameter lists numbers or booleans without a type: the validator compares them with text",
    "uncast": "the validator compares parts of a form, and raw bodies, as they came with numbers or booleans",
    "nested": "a header is a nested object, for which the style `simple` has no rule",
}
REFUSED: dict[str, dict[str, str]] = {
    "linode": {
        "closed": """
            post-linode-instance post-rebuild-linode-instance post-managed-credential post-firewalls
            post-rebuild-node-balancer-config post-object-storage-bucket
        """,
        "nested": """
            get-linode-instances
        """,
        "read-only": """
            post-linode-config-interfaces post-firewall-device
        """,
    },
    "cloudflare": {
        "default": """
            radar-get-attacks-layer3-timeseries-by-bytes radar-get-quality-speed-histogram
        """,
        "overlap": """
            namespace-worker-patch-script-settings worker-script-patch-settings
            ip-access-rules-for-an-account-create-an-ip-access-rule
            access-applications-get-an-access-application access-applications-update-an-access-application
            access-applications-delete-an-access-application access-applications-revoke-service-tokens
            access-applications-test-access-policies dlp-profiles-update-custom-profile
            magic-site-acls-create-acl magic-site-acls-update-acl magic-site-acls-patch-acl
            r2-put-bucket-sippy-config createAccountRulesetRule updateAccountRulesetRule
            namespace-worker-script-upload-worker-module worker-script-upload-worker-module
            ip-access-rules-for-a-user-create-an-ip-access-rule
            user-agent-blocking-rules-create-a-user-agent-blocking-rule
            zone-level-access-applications-get-an-access-application
            zone-level-access-applications-update-a-bookmark-application
            zone-level-access-applications-delete-an-access-application
            zone-level-access-applications-revoke-service-tokens
            zone-level-access-applications-test-access-policies bot-management-for-a-zone-update-config
            ip-access-rules-for-a-zone-create-an-ip-access-rule createZoneRulesetRule updateZoneRulesetRule
            waiting-room-patch-waiting-room-rule
        """,
        "read-only": """
            ip-access-rules-for-an-account-update-an-ip-access-rule accounts-update-account
            dns-firewall-update-dns-firewall-cluster magic-static-routes-update-many-routes
            magic-static-routes-delete-many-routes createAccountRuleset updateAccountEntrypointRuleset
            updateAccountRuleset secondary-dns-(-acl)-update-acl secondary-dns-(-peer)-update-peer
            secondary-dns-(-tsig)-create-tsig secondary-dns-(-tsig)-update-tsig
            tunnel-route-create-a-tunnel-route tunnel-route-create-a-tunnel-route-with-cidr
            vectorize-(-deprecated)-delete-vectors-by-id vectorize-(-deprecated)-get-vectors-by-id
            vectorize-delete-vectors-by-id vectorize-get-vectors-by-id
            user-api-tokens-create-token
            user-api-tokens-update-token filters-update-filters filters-delete-filters
            firewall-rules-delete-firewall-rules firewall-rules-update-a-firewall-rule
            firewall-rules-update-priority-of-a-firewall-rule
            user-agent-blocking-rules-update-a-user-agent-blocking-rule waf-overrides-update-waf-override
            web3-hostname-create-web3-hostname dns-records-for-a-zone-create-dns-record
            dns-records-for-a-zone-update-dns-record dns-records-for-a-zone-patch-dns-record
            createZoneRuleset updateZoneEntrypointRuleset updateZoneRuleset
            secondary-dns-(-secondary-zone)-update-secondary-zone-configuration
            secondary-dns-(-secondary-zone)-create-secondary-zone-configuration
            secondary-dns-(-primary-zone)-update-primary-zone-configuration
            secondary-dns-(-primary-zone)-create-primary-zone-configuration
        """,
        "uncast": """
            dlp-datasets-upload-version cloudflare-images-upload-an-image-via-url
            cloudflare-images-create-authenticated-direct-upload-url-v-2
            stream-watermark-profile-create-watermark-profiles-via-basic-upload
        """,
        "untyped": """
            custom-hostname-for-a-zone-list-custom-hostnames ssl-verification-ssl-verification-details
        """,
    },
}


def document(name: str) -> dict[str, Any]:
    path = SPECS / f"{name}.json"
    if not path.exists():
        pytest.skip(f"no {path.name} in {SPECS}: set BOTO_SPECS to the folder with the vendors' documents")
    found: dict[str, Any] = json.loads(path.read_text())
    return found


# Values from shapes.


class Values:
    """Makes values. `full`: all members and not only the required; `choice`: which alternative to take.

    `unlocked`: read-only members too.
    """

    def __init__(self, full: bool, choice: int, unlocked: bool = False) -> None:
        self.full = full
        self.unlocked = unlocked
        self.choice = choice
        self.above: list[int] = []

    def value(self, shape: Shape) -> Any:
        alternatives = shape.alternatives
        if alternatives:
            chosen = alternatives[self.choice % len(alternatives)]
            if shape.kind == "structure" and chosen.kind == "structure":
                others = {
                    name
                    for other in alternatives
                    if other is not chosen
                    for name, member in other.members.items()
                    if member.required
                }
                # Empty objects satisfy every alternative at once; what one has for itself tells it apart.
                shared = {name for other in alternatives if other is not chosen for name in other.members}
                own = chosen.members.keys() - shared if self.choice % 2 else set()
                return self.structure(chosen, without=others, also=own)
            return self.value(chosen)
        self.above.append(id(shape))
        try:
            make: Callable[[Shape], Any] = getattr(self, shape.kind)
            return make(shape)
        finally:
            self.above.pop()

    def wanted(self, member: Member) -> bool:
        if member.flags & READ_ONLY:
            return self.unlocked and id(member.shape) not in self.above
        if member.required:
            return True
        return self.full and id(member.shape) not in self.above and len(self.above) < 6

    def structure(self, shape: Shape, without: Any = (), also: Any = ()) -> dict[str, Any]:
        return {
            name: self.value(member.shape)
            for name, member in shape.members.items()
            if (self.wanted(member) and (member.flags & (REQUIRED | READ_ONLY) or name not in without))
            or (name in also and (self.unlocked or not member.flags & READ_ONLY))
        }

    def map(self, shape: Shape) -> dict[str, Any]:
        assert shape.value is not None
        least = shape.traits.get("min", 1 if self.full else 0)
        if id(shape.value.shape) in self.above:
            return {}
        return {f"key{index}": self.value(shape.value.shape) for index in range(least)}

    def list(self, shape: Shape) -> list[Any]:
        assert shape.member is not None
        least = shape.traits.get("min", 1 if self.full else 0)
        inner = shape.member.shape
        if id(inner) in self.above and not shape.traits.get("min"):
            return []
        values = [self.value(inner) for _ in range(least)]
        if shape.traits.get("unique") and least > 1 and inner.enum:
            return inner.enum[:least]
        return values

    def items(self, shape: Shape) -> Any:
        return [self.value(shape.member.shape)] if shape.member is not None else self.value(shape)

    def string(self, shape: Shape) -> str:
        traits = shape.traits
        if traits.get("enum"):
            return next(value for value in traits["enum"] if value and isinstance(value, str))
        least = traits.get("min", 0)
        if "pattern" in traits:
            return matching(traits["pattern"], max(least, 1))
        said = {"uuid": "6d885004-f107-489e-b4a0-0e0d8f0c2d4e", "date": "2026-11-21", "ipv4": "192.0.2.1",
                "ipv6": "2001:db8::1", "hostname": "fog.example", "uri": "https://fog.example/a",
                "email": "a@fog.example", "url": "https://fog.example/a"}  # fmt: skip
        text = said.get(traits.get("format", ""), "text")
        return text.ljust(least, "x")[: traits.get("max", 10_000)]

    def long(self, shape: Shape) -> Any:
        traits = shape.traits
        if traits.get("enum"):
            return traits["enum"][0]
        step = traits.get("step", 1)
        usual = traits["above"] + step if "above" in traits else min(1, traits.get("max", 1))
        value = traits.get("min", usual)
        return int(-(-value // step) * step)

    integer = long

    def double(self, shape: Shape) -> Any:
        return self.long(shape) if shape.traits else 1.5

    float = decimal = double

    def boolean(self, shape: Shape) -> Any:
        return (shape.enum or [True])[0]

    def blob(self, shape: Shape) -> bytes:
        return b"some bytes"

    def timestamp(self, shape: Shape) -> str:
        return "2026-11-21T08:00:00Z"

    def document(self, shape: Shape) -> Any:
        return (shape.enum or ["text"])[0]


def matching(pattern: str, least: int) -> str:
    """A short text that a regular expression accepts."""
    from re import _parser as parser  # type: ignore[attr-defined]

    try:
        tree = parser.parse(pattern.replace("\\/", "/"))
    except re.error:
        return "text"
    for more in range(0, 65):
        text = "".join(_texts(tree, more))
        if len(text) >= least and re.search(pattern, text):
            return text
    return text


def _texts(tree: Any, more: int) -> Iterator[str]:
    for operation, argument in tree:
        name = str(operation)
        if name == "LITERAL":
            yield chr(argument)
        elif name in ("ANY", "NOT_LITERAL", "CATEGORY"):
            yield "1" if str(argument).endswith("DIGIT") else "a"
        elif name == "IN":
            yield _one_of(argument)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = argument
            for _ in range(min(max(least, more), int(most))):
                yield from _texts(inner, more)
        elif name == "SUBPATTERN":
            yield from _texts(argument[-1], more)
        elif name == "BRANCH":
            yield from _texts(argument[1][0], more)


def _one_of(items: Any) -> str:
    accepted = ("LITERAL", "RANGE", "CATEGORY")
    for operation, argument in items:
        name = str(operation)
        if name == "NEGATE":
            refused = {chr(value) for kind, value in items if str(kind) == "LITERAL"}
            return next(char for char in "ab1-_ " if char not in refused)
        if name in accepted:
            if name == "LITERAL":
                return chr(argument)
            if name == "RANGE":
                return chr(argument[0])
            return "1" if str(argument).endswith("DIGIT") else " " if str(argument).endswith("SPACE") else "a"
    return "a"


def parameters(operation: Operation, values: Values) -> dict[str, Any]:
    """Parameters for a call; a body's are given one by one where they can be."""
    shape = operation.input
    if shape is None:
        return {}
    body = shape.traits.get("body")
    flat = {m.wire: m for m in shape.members.values() if m.location == ""}
    params = {
        # An empty list in a query is no parameter at all.
        name: values.value(member.shape) or values.items(member.shape)
        for name, member in shape.members.items()
        if member.location != "" and name != body and values.wanted(member)
    }
    if body is not None:
        member = shape.members[body]
        whole = values.value(member.shape)
        if flat:
            params.update((flat[wire].name, value) for wire, value in whole.items())
        elif values.full or member.flags & REQUIRED:
            params[body] = whole
    return params


# Requests as openapi-core sees them.


class Seen:
    """Our HTTP request through openapi-core's eyes."""

    def __init__(self, request: HTTPRequest, path: str, host: str) -> None:
        from urllib.parse import parse_qsl, urlsplit

        from openapi_core.datatypes import RequestParameters
        from werkzeug.datastructures import Headers, ImmutableMultiDict

        url = urlsplit(request.url)
        cookies = dict(pair.split("=", 1) for pair in request.headers.get("Cookie", "").split("; ") if pair)
        self.host_url = host
        self.path = url.path
        self.path_pattern = path
        self.full_url_pattern = host + path
        self.method = request.method.lower()
        self.content_type = request.headers.get("Content-Type", "")
        assert request.body is None or isinstance(request.body, bytes)
        self.body = request.body
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(url.query, keep_blank_values=True)),
            header=Headers(list(request.headers.items())),
            cookie=ImmutableMultiDict(cookies),
            path=labels(path, url.path),
        )


def labels(template: str, path: str) -> dict[str, str]:
    """The labels of a path; openapi-core itself does not find those with a hyphen in their name."""
    from urllib.parse import unquote

    pieces = re.split(r"\{(.*?)\}", template)
    pattern = "([^/]+)".join(re.escape(piece) for piece in pieces[::2])
    found = re.fullmatch(pattern, path)
    assert found is not None, f"{path} is not {template}"
    return dict(zip(pieces[1::2], map(unquote, found.groups()), strict=True))


HOST = "https://fog.example"
SECRETS = {"Authorization": "Bearer t", "X-Auth-Key": "k", "X-Auth-Email": "a@fog.example",
           "X-Auth-User-Service-Key": "u"}  # fmt: skip


class Judge:
    """openapi-core's opinion of requests of one document."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec = openapi3(spec) if "swagger" in spec else spec

    def writable(self, node: Any) -> Any:
        """A parameter without `readOnly`, which concerns properties only (OpenAPI 3.0, Schema Object).

        Vendors use the schemas of properties for parameters; openapi-core minds, the specification does not.
        """
        if isinstance(node, list):
            return [self.writable(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            target: Any = self.spec
            for key in node["$ref"].split("/")[1:]:
                target = target[key.replace("~1", "/").replace("~0", "~")]
            return self.writable(target)
        return {
            word: self.writable(value) if word in ("schema", "allOf", "anyOf", "oneOf", "items") else value
            for word, value in node.items()
            if word != "readOnly"
        }

    def refusal(self, operation: Operation, request: HTTPRequest) -> str | None:
        from openapi_core import Config, OpenAPI
        from openapi_core.exceptions import OpenAPIError

        method = operation.method.lower()
        path = self.spec["paths"][operation.uri]
        item = {word: path[word] for word in ("parameters", method) if word in path}
        item[method] = {word: node for word, node in item[method].items() if word != "servers"}
        for owner in (item, item[method]):
            if "parameters" in owner:
                owner["parameters"] = [self.writable(node) for node in owner["parameters"]]
        document = {**self.spec, "servers": [{"url": HOST}], "paths": {operation.uri: item}}
        patches = ("merge-patch", "json-patch", "strategic-merge-patch")
        readers = {f"application/{patch}+json": json.loads for patch in patches}
        config = Config(spec_validator_cls=None, extra_media_type_deserializers=readers)
        api = OpenAPI.from_dict(document, config=config)
        headers = {**dict(request.headers.items()), **SECRETS}
        try:
            api.validate_request(Seen(request.replace(headers=headers), operation.uri, HOST))
        except OpenAPIError as error:
            reason: BaseException = error
            while reason.__cause__ is not None:
                reason = reason.__cause__
            details = "; ".join(str(each)[:300] for each in getattr(reason, "schema_errors", ()))
            return f"{type(error).__name__}: {details or reason!s}"[:600]
        return None


def openapi3(swagger: dict[str, Any]) -> dict[str, Any]:
    """A Swagger 2 document as OpenAPI 3, as far as Kubernetes needs it. Not the project's own conversion."""
    text = json.dumps({word: swagger[word] for word in ("paths", "definitions", "parameters")})
    text = text.replace('"#/definitions/', '"#/components/schemas/')
    moved = json.loads(text)
    shared = moved["parameters"]

    def resolved(node: dict[str, Any]) -> dict[str, Any]:
        return shared[node["$ref"].rpartition("/")[2]] if "$ref" in node else node

    def typed(node: dict[str, Any]) -> dict[str, Any]:
        outer = {"name": node["name"], "in": node["in"], "required": node.get("required", False)}
        return {**outer, "schema": {"type": node["type"]}}

    for item in moved["paths"].values():
        common = [resolved(node) for node in item.pop("parameters", [])]
        for operation in item.values():
            every = common + [resolved(node) for node in operation.pop("parameters", [])]
            operation["parameters"] = [typed(node) for node in every if node["in"] != "body"]
            for node in every:
                if node["in"] == "body":
                    media = [m.replace("*/*", "application/json") for m in operation.get("consumes", [])]
                    content = {m: {"schema": node["schema"]} for m in media or ["application/json"]}
                    operation["requestBody"] = {"required": node.get("required", False), "content": content}
            operation["responses"] = {"200": {"description": ""}}
    return {
        "openapi": "3.0.3",
        "info": swagger["info"],
        "paths": moved["paths"],
        "components": {"schemas": moved["definitions"]},
    }


def accepted(judge: Judge, operation: Operation, full: bool, unlocked: bool = False) -> str | None:
    """None when one way to fill the operation's shapes is accepted; else why the first was not."""
    first = None
    for choice in range(12):
        given = parameters(operation, Values(full, choice, unlocked))
        request = RestSerializer().serialize(operation, given, HOST)
        refusal = judge.refusal(operation, request)
        if refusal is None:
            return None
        first = first or f"{refusal} <- {request.method} {request.url} {str(request.body)[:300]}"
    return first


def reach(shape: Shape, seen: set[int]) -> None:
    """Decode a shape and all below it."""
    if id(shape) in seen:
        return
    seen.add(id(shape))
    for member in (*shape.members.values(), shape.member, shape.key, shape.value):
        if member is not None:
            assert member.snake.isidentifier()
            reach(member.shape, seen)
    for alternative in shape.alternatives:
        reach(alternative, seen)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_loads_and_its_shapes_build(name: str) -> None:
    description = Description(OpenAPIDocument(document(name)))
    assert len(description.names) == OPERATIONS[name]
    for operation in description:
        assert operation.snake in description.names
        seen: set[int] = set()
        for shape in (operation.input, operation.output):
            if shape is not None:
                reach(shape, seen)


def unlocked(spec: dict[str, Any]) -> dict[str, Any]:
    """The document with nothing read-only in it."""

    def opened(node: dict[str, Any]) -> dict[str, Any]:
        return {word: value for word, value in node.items() if word != "readOnly" or value is not True}

    found: dict[str, Any] = json.loads(json.dumps(spec), object_hook=opened)
    return found


@pytest.mark.parametrize("name", OPERATIONS)
def test_requests_satisfy_a_validator_that_is_not_ours(name: str, record_property: Any) -> None:
    spec = document(name)
    judge, refused = Judge(spec), {}
    description = Description(OpenAPIDocument(spec))
    for operation in description:
        for full in (False, True):
            refusal = accepted(judge, operation, full)
            if refusal is not None:
                refused[operation.name] = refusal
    known = {each: reason for reason, names in REFUSED.get(name, {}).items() for each in names.split()}
    count = f"{name}: {len(description.names)} operations, {len(description.names) - len(refused)} accepted"
    record_property("operations", count)
    print(count)
    assert refused.keys() == known.keys(), json.dumps(refused, indent=1)
    assert set(known.values()) <= REASONS.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_requests_refused_for_read_only_members_are_accepted_with_them(name: str) -> None:
    spec = document(name)
    judge, description = Judge(unlocked(spec)), Description(OpenAPIDocument(spec))
    refused = {}
    for each in REFUSED[name].get("read-only", "").split():
        operation = description.find(each)
        assert operation is not None
        refused[each] = accepted(judge, operation, full=True, unlocked=True)
    assert not {each: refusal for each, refusal in refused.items() if refusal is not None}
