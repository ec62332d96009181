"""Every fact that is shipped, side by side with the vendor's original.

What is shipped is read the way the library reads it (`FactLines`, `Description`, `Shape`, `Member`). The
original is read by the vendor's own code (`botocore.loaders`, `botocore.model`), or straight from its JSON.
Nothing here knows how the compiler comes from one to the other; each fact has its own plain expectation.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore import xform_name
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader
from botocore.model import ServiceModel

import boto.services.aws
from boto.models import shapes
from boto.models.description import Description
from boto.models.loader import names
from boto.models.rows import BLOCK, FactLines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from boto.models.description import Operation
    from boto.models.shapes import Member, Shape

DATA = Path(boto.services.aws.__file__).parent / "data"

KINDS = {"structure", "list", "map"}
FORMATS = {None: None, "iso8601": "iso8601", "unixTimestamp": "unix", "rfc822": "http"}
LOCATIONS = {None: "", "uri": "p", "querystring": "q", "header": "h", "headers": "H", "statusCode": "S"}
SIGNERS = {
    "aws.auth#sigv4": "sigv4", "aws.auth#sigv4a": "sigv4a", "smithy.api#httpBearerAuth": "bearer",
    "smithy.api#noAuth": "none", "v2": "sigv2", "v4": "sigv4", "s3": "sigv4", "s3v4": "sigv4",
    "bearer": "bearer", "none": "none",
}  # fmt: skip


class Remembering(FactLines):
    """Fact lines that remember the record they gave last."""

    last: dict[str, Any]

    def record(self, name: str) -> dict[str, Any]:
        self.last = super().record(name)
        return self.last


@functools.cache
def listed(kind: str) -> list[str]:
    services: list[str] = Loader().list_available_services(kind)
    return services


class ListedOnce(Loader):  # type: ignore[misc]
    """The vendor's loader, which lists all its folders for every document."""

    def list_available_services(self, type_name: str) -> list[str]:
        return listed(type_name)


class Original:
    """One service as the vendor's library sees it."""

    def __init__(self, name: str) -> None:
        loader = ListedOnce()
        self.json: dict[str, Any] = loader.load_service_model(name, "service-2")
        self.model = ServiceModel(self.json, name)
        self.pagination = self._optional(loader, name, "paginators-1").get("pagination", {})
        self.waiters = self._optional(loader, name, "waiters-2").get("waiters", {})

    @staticmethod
    def _optional(loader: Loader, name: str, kind: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = loader.load_service_model(name, kind)
        except DataNotFoundError:
            return {}
        return found


class Comparison:
    """Walks a shipped description and its original together and writes down what is not the same."""

    def __init__(self, source: Remembering, original: Original) -> None:
        self.source = source
        self.description = Description(source)
        self.original = original
        self.counts: Counter[str] = Counter(services=1)
        self.wrong: list[str] = []
        self._seen: set[str] = set()
        self._reach: dict[str, set[str]] = {}

    def same(self, where: str, ours: Any, theirs: Any) -> None:
        self.counts["facts"] += 1
        if ours != theirs:
            self.wrong.append(
                f"{self.description.id}: {where}: {ours!r} is shipped, {theirs!r} is the original"
            )

    def run(self) -> Comparison:
        self.header()
        operations = self.original.json["operations"]
        self.same("operations", sorted(self.description.names.values()), sorted(operations))
        for name in operations:
            self.operation(name, operations[name])
        self.errors()
        self.waiters()
        return self

    def header(self) -> None:
        header, document = self.description.header, self.original.json
        metadata = document["metadata"]
        protocols = metadata.get("protocols", [metadata["protocol"]])
        auth = metadata["auth"] if "auth" in metadata else [metadata["signatureVersion"]]
        self.same("version", header["version"], metadata["apiVersion"])
        self.same("protocol", header["protocol"], protocols[0])
        self.same("protocols", header["protocols"], protocols)
        self.same("title", header["title"], metadata["serviceFullName"])
        self.same("auth", header["auth"], [SIGNERS[name] for name in auth])
        self.same("namespace", header.get("namespace"), metadata.get("xmlNamespace"))
        told = {
            "service_id": metadata["serviceId"], "endpoint_prefix": metadata["endpointPrefix"],
            "signing_name": metadata.get("signingName"), "signature_version": metadata["signatureVersion"],
            "target_prefix": metadata.get("targetPrefix"), "json_version": metadata.get("jsonVersion"),
            "global_endpoint": metadata.get("globalEndpoint"), "settings": metadata.get("protocolSettings"),
            "query_compatible": True if "awsQueryCompatible" in metadata else None,
            "checksum_format": metadata.get("checksumFormat"), "deprecated": document.get("deprecated"),
            "rip_service_name": metadata.get("ripServiceName"),
            "abbreviation": metadata.get("serviceAbbreviation"),
            "context": {k: v["type"] for k, v in document.get("clientContextParams", {}).items()} or None,
        }  # fmt: skip
        self.same("traits", header["traits"], _present(told))

    def operation(self, name: str, theirs: dict[str, Any]) -> None:
        self.counts["operations"] += 1
        ours = self.description.find(name)
        assert ours is not None
        self.same(f"{name} as a method", self.description.names.get(xform_name(name)), name)
        self.same(f"{name}.snake", ours.snake, xform_name(name))
        self.same(f"{name}.name", ours.name, name)
        self.same(f"{name}.method", ours.method, theirs["http"]["method"])
        self.same(f"{name}.uri", ours.uri, theirs["http"]["requestUri"])
        self.same(f"{name}.errors", ours.errors, [error["shape"] for error in theirs.get("errors", [])])
        self.same(f"{name}.traits", ours.traits, operation_traits(theirs))
        self.paging(name, ours)
        model = self.original.model.operation_model(name)
        self.top(f"{name}.input", ours.input, model.input_shape)
        self.top(f"{name}.output", ours.output, model.output_shape)
        reached = set()
        for side in ("input", "output"):
            if side in theirs:
                reached |= self.reach(theirs[side]["shape"])
        rows = self.source.last["s"]
        self.same(f"{name} reaches", sorted(row[1] for row in rows.values()), sorted(reached))

    def reach(self, name: str) -> set[str]:
        """The shapes one shape leads to, itself included, that are more than a bare type."""
        if name not in self._reach:
            found: set[str] = set()
            ahead = [name]
            while ahead:
                name_here = ahead.pop()
                shape = self.original.json["shapes"][name_here]
                if name_here in found or not _has_row(shape):
                    continue
                found.add(name_here)
                ahead += [ref["shape"] for ref in _uses(shape)]
            self._reach[name] = found
        return self._reach[name]

    def paging(self, name: str, ours: Operation) -> None:
        theirs = self.original.pagination.get(name)
        self.same(f"{name} pages", ours.paging is not None, theirs is not None)
        if ours.paging is None or theirs is None:
            return
        self.counts["paginators"] += 1
        paging = ours.paging
        self.same(f"{name} paging kind", paging.kind, "token")
        self.same(f"{name} paging input", paging.input, _listed(theirs["input_token"]))
        self.same(f"{name} paging output", paging.output, _listed(theirs["output_token"]))
        self.same(f"{name} paging items", paging.items, _listed(theirs.get("result_key", [])))
        self.same(f"{name} paging size", paging.size, theirs.get("limit_key"))
        self.same(f"{name} paging more", paging.more, theirs.get("more_results"))
        self.same(f"{name} paging other", paging.other, theirs.get("non_aggregate_keys", []))

    def top(self, where: str, ours: Shape | None, theirs: Any) -> None:
        self.same(f"{where} is there", ours is not None, theirs is not None)
        if ours is not None and theirs is not None:
            self.shape(where, ours, theirs)

    def shape(self, where: str, ours: Shape, theirs: Any) -> None:
        document = theirs.type_name == "structure" and theirs.is_document_type
        union = theirs.type_name == "structure" and theirs.is_tagged_union
        kind = "document" if document else "union" if union else theirs.type_name
        self.same(f"{where} is a", ours.kind, kind)
        self.same(f"{where} format", ours.format, FORMATS[theirs.serialization.get("timestampFormat")])
        fact = self.original.json["shapes"][theirs.name]
        if ours.kind != kind or not _has_row(fact):
            return
        self.same(f"{where} shape", ours.name, theirs.name)
        if theirs.name in self._seen:  # a row lies once in the file for all that refer to it
            return
        self._seen.add(theirs.name)
        self.counts["shapes"] += 1
        self.same(f"{theirs.name} traits", ours.traits, shape_traits(fact))
        if kind == "list":
            assert ours.member is not None
            self.member(f"{theirs.name}[]", ours.member, theirs.member, fact["member"])
        elif kind == "map":
            assert ours.key is not None and ours.value is not None
            self.member(f"{theirs.name}<key>", ours.key, theirs.key, fact["key"])
            self.member(f"{theirs.name}<value>", ours.value, theirs.value, fact["value"])
        elif kind in ("structure", "union"):
            self.members(theirs.name, ours, theirs, fact)

    def members(self, where: str, ours: Shape, theirs: Any, fact: dict[str, Any]) -> None:
        self.same(f"{where} members", list(ours.members), list(fact["members"]))
        self.same(f"{where} snake", len({m.snake for m in ours.members.values()}), len(fact["members"]))
        self.same(
            f"{where} required",
            sorted(name for name, member in ours.members.items() if member.required),
            sorted(fact.get("required", [])),
        )
        payload = [name for name, member in ours.members.items() if member.location == shapes.PAYLOAD]
        self.same(f"{where} payload", payload, _listed(theirs.serialization.get("payload", [])))
        for name, member in ours.members.items():
            if name in fact["members"]:
                self.member(f"{where}.{name}", member, theirs.members[name], fact["members"][name])

    def member(self, where: str, ours: Member, theirs: Any, ref: dict[str, Any]) -> None:
        self.counts["members"] += 1
        shape = self.original.json["shapes"][ref["shape"]]
        told = theirs.serialization
        self.same(f"{where} wire", ours.wire, self.wire(ours.name, theirs))
        location = LOCATIONS[told.get("location")]
        if location == "q" and theirs.type_name == "map":
            location = "Q"
        if ours.location != shapes.PAYLOAD:  # compared where the structure names it
            self.same(f"{where} location", ours.location, location)
        flags = {
            shapes.REQUIRED: ours.required,  # likewise
            shapes.FLATTENED: bool(told.get("flattened")),
            shapes.ATTRIBUTE: bool(told.get("xmlAttribute")),
            shapes.STREAM: bool(told.get("streaming")),
            shapes.HOST_LABEL: bool(ref.get("hostLabel")),
            shapes.EVENT_PAYLOAD: bool(told.get("eventpayload")),
            shapes.EVENT_HEADER: bool(told.get("eventheader")),
            shapes.JSON_VALUE: bool(told.get("jsonvalue")),
            shapes.IDEMPOTENCY: bool(theirs.metadata.get("idempotencyToken")),
            shapes.SENSITIVE: bool(shape.get("sensitive") or ref.get("sensitive")),
            shapes.DEPRECATED: bool(shape.get("deprecated") or ref.get("deprecated")),
        }
        self.same(f"{where} flags", ours.flags, sum(flag for flag, holds in flags.items() if holds))
        namespace = told.get("xmlNamespace")
        if namespace is not None:
            namespace = [namespace["uri"], namespace["prefix"]] if "prefix" in namespace else namespace["uri"]
        extras = {
            "ns": namespace, "q": told.get("queryName"), "context": ref.get("contextParam", {}).get("name"),
            "enum": ref.get("enum"), "length": shape.get("requiresLength"),
        }  # fmt: skip
        self.same(f"{where} extras", ours.extras, _present(extras))
        self.shape(where, ours.shape, theirs)

    def wire(self, name: str, theirs: Any) -> str:
        """The vendor's library names a flattened list by its elements, if these have a name."""
        if theirs.type_name == "list" and theirs.serialization.get("flattened"):
            element = theirs.member.serialization.get("name")
            if element is not None:
                return str(element)
        return str(theirs.serialization.get("name", name))

    def errors(self) -> None:
        theirs = {n: s for n, s in self.original.json["shapes"].items() if s.get("exception")}
        ours = self.description.errors
        self.same("errors", sorted(ours), sorted(theirs))
        for name in ours.keys() & theirs.keys():
            self.counts["errors"] += 1
            fact = theirs[name]
            error = fact.get("error", {})
            told = {
                "code": error.get("code", name), "status": error.get("httpStatusCode"),
                "sender": error.get("senderFault"), "fault": fact.get("fault"),
                "retry": "retryable" in fact or None,
                "throttle": fact.get("retryable", {}).get("throttling") or None,
                "deprecated": fact.get("deprecated"), "synthetic": fact.get("synthetic"),
            }  # fmt: skip
            self.same(f"error {name}", {k: v for k, v in ours[name].items() if k != "shape"}, _present(told))
            self.shape(f"error {name}", ours[name]["shape"], self.original.model.shape_for(name))

    def waiters(self) -> None:
        ours = self.description.waiters
        self.same("waiters", sorted(ours), sorted(xform_name(name) for name in self.original.waiters))
        for name, theirs in self.original.waiters.items():
            self.counts["waiters"] += 1
            told = ours.get(xform_name(name), {})
            self.same(f"waiter {name} operation", told.get("o"), theirs["operation"])
            self.same(f"waiter {name} delay", told.get("d"), theirs["delay"])
            self.same(f"waiter {name} attempts", told.get("n"), theirs["maxAttempts"])
            acceptors = []
            for acceptor in theirs["acceptors"]:
                path = [acceptor["argument"]] if "argument" in acceptor else []
                acceptors.append([acceptor["state"], acceptor["matcher"], acceptor["expected"], *path])
            self.same(f"waiter {name} acceptors", told.get("a"), acceptors)


def operation_traits(theirs: dict[str, Any]) -> dict[str, Any]:
    """What the traits of an operation must be, from its JSON."""
    entry, checksum = theirs.get("input", {}), theirs.get("httpChecksum")
    root = None
    if "locationName" in entry:
        root = [entry["locationName"], entry["xmlNamespace"]["uri"]]
    status = theirs["http"].get("responseCode")
    discovery = theirs.get("endpointdiscovery")
    told = {
        "idempotent": theirs.get("idempotent"), "readonly": theirs.get("readonly"),
        "deprecated": theirs.get("deprecated"), "wrapper": theirs.get("output", {}).get("resultWrapper"),
        "root": root, "host": theirs.get("endpoint", {}).get("hostPrefix"),
        "status": None if status == 200 else status,
        "auth": [SIGNERS[name] for name in theirs["auth"]] if "auth" in theirs else None,
        "unsigned": theirs.get("unsignedPayload"), "checksum_required": theirs.get("httpChecksumRequired"),
        "compress": theirs.get("requestcompression", {}).get("encodings"),
        "static": {k: v["value"] for k, v in theirs.get("staticContextParams", {}).items()} or None,
        "paths": {k: v["path"] for k, v in theirs.get("operationContextParams", {}).items()} or None,
        "discovers": theirs.get("endpointoperation"),
        "discovery": None if discovery is None else "required" if discovery.get("required") else "optional",
    }  # fmt: skip
    if checksum is not None:
        told["checksum"] = _present({
            "required": checksum.get("requestChecksumRequired") or None,
            "request": checksum.get("requestAlgorithmMember"),
            "validate": checksum.get("requestValidationModeMember"),
            "response": checksum.get("responseAlgorithms"),
        })  # fmt: skip
    assert (theirs.get("authtype") == "none") == (theirs.get("auth") == ["smithy.api#noAuth"])
    assert (theirs.get("authtype") == "v4-unsigned-body") == bool(theirs.get("unsignedPayload"))
    return _present(told)


def shape_traits(fact: dict[str, Any]) -> dict[str, Any]:
    """What the traits of a shape must be, from its JSON."""
    whole = fact["type"] == "structure"
    return _present({
        "enum": fact.get("enum"), "min": fact.get("min"), "max": fact.get("max"),
        "sparse": fact.get("sparse"), "order": fact.get("xmlOrder"), "events": fact.get("eventstream"),
        "event": fact.get("event"), "error": fact.get("exception"), "wrapper": fact.get("wrapper"),
        "sensitive": fact.get("sensitive") if whole else None,
    })  # fmt: skip


def _present(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _has_row(shape: dict[str, Any]) -> bool:
    limited = any(fact in shape for fact in ("enum", "min", "max"))
    return limited or (shape["type"] in KINDS and not shape.get("document"))


def _uses(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from shape.get("members", {}).values()
    yield from (shape[part] for part in ("member", "key", "value") if part in shape)


def test_every_fact_of_every_service_equals_its_original() -> None:
    services = listed("service-2")
    assert names(str(DATA)) == services
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for name in services:
        comparison = Comparison(Remembering(str(DATA / f"{name}.lines")), Original(name)).run()
        counts += comparison.counts
        wrong += comparison.wrong
    assert not wrong, "\n".join([f"{len(wrong)} facts differ", *wrong[:20]])
    assert counts["services"] == 439
    assert counts["operations"] == 19_796
    assert counts["paginators"] == 3_449
    assert counts["waiters"] == 410
    assert counts["errors"] == 5_848
    assert counts["shapes"] == 117_866  # each once in its service: aggregates, and scalars with limits
    assert counts["members"] == 256_574


# One change to the lines of ECS, each of another kind. Lines: 0 header, 1-2 names, 3 lengths, then records.
def _record(lines: list[Any], name: str) -> Any:
    return next(line for line in lines[4:] if isinstance(line, dict) and line.get("n") == name)


def _holding(lines: list[Any], key: str) -> Any:
    return next(line for line in lines[4:] if isinstance(line, dict) and key in line)[key]


def _row(lines: list[Any], name: str) -> Any:
    return next(line for line in lines[4:] if isinstance(line, list) and line[1] == name)


def _cluster(lines: list[Any], member: Any) -> None:
    _row(lines, "ListTasksRequest")[2]["cluster"] = member


PLANTED: dict[str, Callable[[list[Any]], Any]] = {
    "header": lambda lines: lines[0].update(version="2014-11-12"),
    "header trait": lambda lines: lines[0]["traits"].update(target_prefix="Other"),
    "method": lambda lines: _record(lines, "ListTasks").update(m="GET"),
    "error list": lambda lines: _record(lines, "ListTasks")["e"].pop(),
    "operation trait": lambda lines: _record(lines, "ListTasks").setdefault("t", {}).update(wrapper="X"),
    "paging": lambda lines: _record(lines, "ListTasks")["p"].update(out=["other"]),
    "no paging": lambda lines: _record(lines, "ListTasks").pop("p"),
    "no input": lambda lines: _record(lines, "ListTasks").pop("i"),
    "other input": lambda lines: _record(lines, "ListTasks").update(i=_record(lines, "ListTasks")["o"]),
    "reach": lambda lines: _record(lines, "ListTasks")["s"].extend(_record(lines, "RunTask")["s"]),
    "member gone": lambda lines: _row(lines, "ListTasksRequest")[2].popitem(),
    "member type": lambda lines: _cluster(lines, "i"),
    "member wire": lambda lines: _cluster(lines, ["s", 0, "", "Cluster"]),
    "member location": lambda lines: _cluster(lines, ["s", 0, "q"]),
    "member required": lambda lines: _cluster(lines, ["s", shapes.REQUIRED]),
    "member sensitive": lambda lines: _cluster(lines, ["s", shapes.SENSITIVE]),
    "member extras": lambda lines: _cluster(lines, ["s", 0, "", None, {"context": "Cluster"}]),
    "enum value": lambda lines: _row(lines, "LaunchType")[3]["enum"].pop(),
    "list member": lambda lines: _row(lines, "StringList").__setitem__(2, "i"),
    "error code": lambda lines: _holding(lines, "errors")["ClientException"].update(code="Other"),
    "waiter": lambda lines: _holding(lines, "TasksRunning").update(d=7),
}


@pytest.fixture(scope="module")
def ecs() -> Original:
    return Original("ecs")


def _changed(path: Path, change: Callable[[list[Any]], Any]) -> str:
    lines = [json.loads(line) for line in (DATA / "ecs.lines").read_text(encoding="utf-8").splitlines()]
    change(lines)
    texts = [json.dumps(line, separators=(",", ":"), ensure_ascii=False) for line in lines]
    sizes = [len(text.encode()) + 1 for text in texts[4:]]
    blocks = [sum(sizes[first : first + BLOCK]) for first in range(0, len(sizes), BLOCK)]
    texts[3] = json.dumps(blocks, separators=(",", ":"))
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return str(path)


def test_an_untouched_copy_is_found_equal(tmp_path: Path, ecs: Original) -> None:
    path = _changed(tmp_path / "ecs.lines", lambda lines: None)
    assert Path(path).read_bytes() == (DATA / "ecs.lines").read_bytes()
    assert Comparison(Remembering(path), ecs).run().wrong == []


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_change_is_noticed(what: str, tmp_path: Path, ecs: Original) -> None:
    path = _changed(tmp_path / "ecs.lines", PLANTED[what])
    assert Comparison(Remembering(path), ecs).run().wrong
