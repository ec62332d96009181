"""The compiler of endpoint facts: what becomes a table, what does not, and that it can be repeated."""

from __future__ import annotations

import copy
import gzip
import json
from pathlib import Path
from typing import Any

import botocore
import pytest

import boto
from boto.core.errors import NoEndpoint, NoRegion
from boto.endpoints.partitions import Partitions
from boto.endpoints.rules import RuleSet
from boto.endpoints.tables import Tables
from tools import endpoints as compiler

ROOT = Path(botocore.__file__).parent / "data"
FACTS = Path(boto.__path__[0]) / "services" / "aws" / "data"
FILES = ("endpoints.partitions", "endpoints.rules", "endpoints.tables")
PARTITIONS = {
    "partitions": [
        {"id": "one", "regionRegex": r"^us-\w+-\d+$", "regions": {"us-a-1": {}, "us-b-1": {}},
         "outputs": {"dnsSuffix": "one.example", "supportsFIPS": True}},
        {"id": "two", "regionRegex": r"^zz-\w+-\d+$", "regions": {"zz-a-1": {}},
         "outputs": {"dnsSuffix": "two.example", "supportsFIPS": False}},
    ]
}  # fmt: skip
PARAMETERS = {
    "Region": {"type": "string", "builtIn": "AWS::Region", "documentation": "words"},
    "UseFIPS": {"type": "boolean", "builtIn": "AWS::UseFIPS", "required": True, "default": False},
    "Endpoint": {"type": "string", "builtIn": "SDK::Endpoint"},
}
REGION = {"ref": "Region"}
PARTITION = {"fn": "aws.partition", "argv": [REGION], "assign": "P"}


def call(name: str, *argv: Any) -> dict[str, Any]:
    return {"fn": name, "argv": list(argv)}


def leaf(url: Any, *conditions: Any, **parts: Any) -> dict[str, Any]:
    return {"type": "endpoint", "conditions": list(conditions), "endpoint": {"url": url, **parts}}


def tree(rules: list[Any], *conditions: Any) -> dict[str, Any]:
    return {"type": "tree", "conditions": list(conditions), "rules": rules}


def error(words: str, *conditions: Any) -> dict[str, Any]:
    return {"type": "error", "conditions": list(conditions), "error": words}


def regular(name: str) -> dict[str, Any]:
    """A rule set of the usual kind, with a region of its own way and a pseudo region."""
    supports = call("booleanEquals", call("getAttr", {"ref": "P"}, "supportsFIPS"), True)
    fips_leaf = leaf(f"https://{name}-fips.{{Region}}.{{P#dnsSuffix}}", supports)
    fips = call("booleanEquals", {"ref": "UseFIPS"}, True)
    auth = {"authSchemes": [{"name": "sigv4", "signingRegion": "{Region}"}]}
    rules = [
        leaf({"ref": "Endpoint"}, call("isSet", {"ref": "Endpoint"})),
        tree(
            [
                leaf(f"https://{name}.odd.example", call("stringEquals", REGION, "us-b-1")),
                leaf(f"https://{name}.box.example", call("stringEquals", "sandbox", REGION), properties=auth),
                tree([fips_leaf, error("no FIPS here")], fips),
                leaf(f"https://{name}.{{Region}}.{{P#dnsSuffix}}"),
            ],
            call("isSet", REGION),
            PARTITION,
        ),
        error("Missing Region"),
    ]
    return {"version": "1.0", "parameters": PARAMETERS, "rules": rules}


def irregular() -> dict[str, Any]:
    """The same subtree twice, and a condition no table can answer."""
    same = tree([leaf("https://a.{Region}"), error("never")], call("isValidHostLabel", REGION, False))
    set_ = call("isSet", {"ref": "Endpoint"})
    return {
        "version": "1.0",
        "parameters": {**PARAMETERS, "Unused": {"type": "string"}},
        "rules": [tree([same], set_), tree([copy.deepcopy(same)], call("not", set_)), error("bad", set_)],
    }


def lay(root: Path, sources: dict[str, Any]) -> Path:
    for service, versions in sources.items():
        for version, source in versions.items():
            folder = root / service / version
            folder.mkdir(parents=True)
            packed = gzip.compress(json.dumps(source).encode())
            (folder / "endpoint-rule-set-1.json.gz").write_bytes(packed)
    (root / "partitions.json").write_text(json.dumps(PARTITIONS))
    return root


@pytest.fixture
def built(tmp_path: Path) -> Path:
    old = {"version": "1.0", "parameters": PARAMETERS, "rules": [error("an old version")]}
    source = lay(
        tmp_path / "in",
        {
            "fog": {"2020-01-01": old, "2024-01-01": regular("fog")},
            "mist": {"2021-01-01": regular("mist")},
            "haze": {"2022-01-01": irregular()},
        },
    )
    (source / "noise").mkdir()
    compiler.compile(source, tmp_path / "out")
    return tmp_path / "out"


def test_services_share_a_table(built: Path) -> None:
    lines = (built / "endpoints.tables").read_text().splitlines()
    assert [line for line in lines if line[0] not in "@#"] == [
        'fog [0,"fog","fog-fips"]',
        "haze []",
        'mist [0,"mist","mist-fips"]',
    ]
    assert sum(line[0] == "#" for line in lines) == 1
    assert not any("fog" in line or "mist" in line for line in lines if line[0] in "@#")


def test_a_table_answers_as_the_rules_do(built: Path) -> None:
    resolver = Tables(str(built / "endpoints")).resolver("fog")
    urls = {
        "us-a-1": "https://fog.us-a-1.one.example",
        "us-new-5": "https://fog.us-new-5.one.example",
        "zz-a-1": "https://fog.zz-a-1.two.example",
        "us-b-1": "https://fog.odd.example",
        "sandbox": "https://fog.box.example",
    }
    for region, url in urls.items():
        assert resolver.resolve({"Region": region}).url == url
    assert resolver.resolve({"Region": "sandbox"}).auth == [
        {"name": "sigv4", "region": "sandbox", "encode_path": True}
    ]
    assert (
        resolver.resolve({"Region": "us-a-1", "UseFIPS": True}).url == "https://fog-fips.us-a-1.one.example"
    )
    assert resolver.resolve({"Endpoint": "http://h"}).url == "http://h"
    with pytest.raises(NoEndpoint, match=r"^no FIPS here$"):
        resolver.resolve({"Region": "zz-a-1", "UseFIPS": True})
    with pytest.raises(NoRegion):
        resolver.resolve({})


def test_repeated_nodes_are_kept_once(built: Path) -> None:
    text = (built / "endpoints.rules").read_text()
    assert text.startswith("haze ") and text.count("isValidHostLabel") == 1
    assert "documentation" not in text
    source = json.loads(text.partition(" ")[2])
    assert source["unused"] == ["UseFIPS", "Unused"]
    shipped = Tables(str(built / "endpoints")).resolver("haze")
    assert shipped.resolve({"Region": "us-a-1"}).url == "https://a.us-a-1"
    with pytest.raises(NoEndpoint, match=r"^bad$"):
        shipped.resolve({"Region": "a_b", "Endpoint": "http://h"})


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (leaf("https://x", call("isValidHostLabel", REGION, False)), "isValidHostLabel"),
        (leaf("https://x", call("stringEquals", REGION, "{Endpoint}")), "a comparison with"),
        (leaf("https://x", call("stringEquals", {"ref": "Endpoint"}, "x")), "a comparison of"),
        (leaf("https://x", call("isSet", {"ref": "Bucket"})), "isSet of"),
        (leaf("https://x", {**call("parseURL", {"ref": "Endpoint"}), "assign": "u"}), "is assigned"),
        (leaf("https://x", {**PARTITION, "argv": ["us-a-1"]}), "is assigned"),
        (leaf("https://{Bucket}"), "a hole for Bucket"),
        (leaf(call("getAttr", {"ref": "P"}, "name"), PARTITION), "an endpoint with getAttr"),
    ],
)
def test_what_fits_no_table(rule: Any, why: str) -> None:
    source = {"parameters": PARAMETERS, "rules": [rule]}
    with pytest.raises(compiler.Irregular, match=why):
        compiler.Table(source, Partitions.from_source(PARTITIONS))


def test_a_custom_endpoint_must_mean_the_same_everywhere() -> None:
    rules = [leaf("https://x", call("stringEquals", REGION, "us-b-1")), *regular("fog")["rules"]]
    with pytest.raises(compiler.Irregular, match="custom endpoint"):
        compiler.Table({**regular("fog"), "rules": rules}, Partitions.from_source(PARTITIONS))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"us-b-1":', '"us-a-1":'),
        ("{dnsSuffix}", "{Region}"),
        ("no FIPS here", "FIPS here"),
        ('"fog","fog-fips"', '"fog-fips","fog"'),
    ],
)
def test_the_check_sees_a_wrong_table(built: Path, old: str, new: str) -> None:
    partitions = Partitions.from_source(PARTITIONS)
    files = {name: (built / name).read_text() for name in FILES}
    sources = {"fog": regular("fog")}
    assert compiler.verify(files, sources, partitions, {"sandbox", "us-b-1"}) > 50
    broken = files["endpoints.tables"].replace(old, new)
    assert broken != files["endpoints.tables"]
    with pytest.raises(AssertionError, match="fog"):
        compiler.verify({**files, "endpoints.tables": broken}, sources, partitions, {"sandbox", "us-b-1"})


def test_what_is_shipped_is_what_the_source_gives(tmp_path: Path) -> None:
    compiler.compile(ROOT, tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (FACTS / name).read_bytes(), name


def test_a_minimised_rule_set_is_the_original() -> None:
    """Compiled as a whole, not as it is entered: so every rule of S3 is compiled here."""
    source = compiler.newest_rule_sets(ROOT)["s3"]
    partitions = Tables(str(FACTS / "endpoints")).partitions
    shared = RuleSet(compiler.Sharing(source).source, partitions)
    whole = RuleSet(source, partitions)
    for bucket in (
        "a-bucket",
        "A.b",
        "arn:aws:s3:us-west-2:123456789012:accesspoint:ap",
        "x--usw2-az1--x-s3",
    ):
        inputs = {"Region": "us-west-2", "Bucket": bucket, "UseArnRegion": True}
        assert compiler.outcome(shared.evaluate, inputs) == compiler.outcome(whole.evaluate, inputs)
