"""The shipped endpoint facts, compared with botocore's own evaluation of the rule sets they come from."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore.endpoint_provider import RuleSet as BotocoreRuleSet
from botocore.exceptions import EndpointResolutionError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import boto
from boto.core.errors import ConfigError, NoEndpoint, NoRegion, UnknownService
from boto.endpoints.base import auth_of
from boto.endpoints.functions import is_host_label
from boto.endpoints.tables import Tables

ROOT = Path(botocore.__file__).parent / "data"
FACTS = str(Path(boto.__path__[0]) / "services" / "aws" / "data" / "endpoints")
TABLES = Tables(FACTS)
PARTITIONS = json.loads((ROOT / "partitions.json").read_text())
SERVICES = TABLES.services
FLAGS = [(fips, dual) for fips in (False, True) for dual in (False, True)]
NEW = ["us-new-7", "cn-new-7", "us-gov-new-7", "us-iso-new-7", "eusc-de-new-7", "nowhere"]


@cache
def source(service: str) -> dict[str, Any]:
    path = sorted((ROOT / service).glob("*/endpoint-rule-set-1.json*"))[-1]
    raw = path.read_bytes()
    found: dict[str, Any] = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    return found


@cache
def original(service: str) -> BotocoreRuleSet:
    return BotocoreRuleSet(**source(service), partitions=PARTITIONS)


def literals(node: Any) -> set[str]:
    """The strings a rule set compares anything with."""
    if isinstance(node, dict):
        found = set().union(*map(literals, node.values()))
        if node.get("fn") == "stringEquals":
            found |= {arg for arg in node["argv"] if isinstance(arg, str) and "{" not in arg}
        return found
    return set().union(*map(literals, node)) if isinstance(node, list) else set()


def expected(service: str, inputs: dict[str, Any]) -> Any:
    """What botocore says: an error's words, an answer, or None where it fails by accident."""
    plain = {name: tuple(v) if isinstance(v, list) else v for name, v in inputs.items() if v is not None}
    try:
        found = original(service).evaluate(plain)
    except EndpointResolutionError as problem:
        words = str(problem)
        return None if words.startswith(("Both ", "Cannot find value")) else ("error", words)
    except (TypeError, AttributeError, KeyError):
        return None
    if found is None or "None" in found.url:
        return None  # a rule that reached for a value nobody gave
    return found.url, found.headers, found.properties


def actual(service: str, inputs: dict[str, Any]) -> Any:
    try:
        found = TABLES.resolver(service).resolve(inputs)
    except NoRegion as problem:
        assert inputs.get("Region") is None
        return "error", str(problem.__cause__)
    except NoEndpoint as problem:
        return "error", str(problem)
    assert found.auth == auth_of(found.properties)
    return found.url, {name: value.split(", ") for name, value in found.headers.items()}, found.properties


def compare(service: str, inputs: dict[str, Any]) -> bool:
    """Whether botocore had an answer, which then is ours; where it has none we have an error of our own."""
    wanted, got = expected(service, inputs), actual(service, inputs)
    if wanted is None:
        assert got[0] == "error", (service, inputs, got)
        return False
    assert got == wanted, (service, inputs)
    return True


def grid(regions: list[str | None], custom: str | None) -> list[dict[str, Any]]:
    return [
        {"Region": region, "UseFIPS": fips, "UseDualStack": dual, "Endpoint": custom}
        for region in regions
        for fips, dual in FLAGS
    ]


LISTED = [region for partition in PARTITIONS["partitions"] for region in partition["regions"]]
REGIONS: list[str | None] = [None, *LISTED, *NEW]
PLAIN = {"Region", "UseFIPS", "UseDualStack", "Endpoint"}
SPECIAL = [name for name in SERVICES if not source(name)["parameters"].keys() <= PLAIN]


def test_every_service_is_there() -> None:
    folders = {path.parent.parent.name for path in ROOT.glob("*/*/endpoint-rule-set-1.json*")}
    assert set(SERVICES) == folders
    assert len(SERVICES) == 439
    assert {"s3", "s3control", "sts", "dynamodb"} < set(SPECIAL) < set(SERVICES)


@pytest.mark.parametrize("first", "abcdefghijklmnopqrstuvwxyz")
def test_settings(first: str) -> None:
    answered = 0
    for service in SERVICES:
        if not service.startswith(first):
            continue
        pseudo = {text for text in literals(source(service)["rules"]) if is_host_label(text)}
        cases = grid([*REGIONS, *sorted(pseudo - set(LISTED))], None)
        cases += grid([None, "us-west-2", "cn-north-1"], "https://localhost:8443/path")
        answered += sum([compare(service, case) for case in cases])
    assert answered or first not in {service[0] for service in SERVICES}


VALUES = (
    "", "a", "e", "o", "my-bucket", "my.bucket", "ab_c", "a b", "abc.def", "123456789012", "preferred",
    "required", "disabled", "accesspoint", "data", "control", "mybucket--usw2-az1--x-s3", "op-0123456789",
)  # fmt: skip
ARN_PARTS = (
    ("arn", "xrn"),
    ("aws", "aws-cn", ""),
    ("s3", "s3-outposts", "s3-object-lambda", "s3express", "dynamodb", "kinesis", "events", "cloudfront", ""),
    ("us-west-2", "us-east-1", "cn-north-1", "", "b d"),
    ("123456789012", "", "1_2", "999999999999"),
    (
        "accesspoint", "accesspoint:name", "accesspoint/name", "outpost/op-0123/accesspoint/ap", "bucket/b",
        "table/t", "outpost:op-0123:bucket:name", "stream/s", "stream/s/consumer/c:1", "key-value-store/k",
        "a:b:c:d:e", "name.mrap",
    ),
)  # fmt: skip


def arn(chance: random.Random) -> str:
    return ":".join(chance.choice(part) for part in ARN_PARTS)


def value(chance: random.Random, kind: str, words: list[str]) -> Any:
    if chance.random() < 0.3:
        return None
    if kind == "boolean":
        return chance.random() < 0.4
    if kind == "stringArray":
        return [arn(chance) for _ in range(chance.randrange(3))]
    return chance.choice([arn(chance), chance.choice(VALUES), chance.choice(words)])


@pytest.mark.parametrize("service", SPECIAL)
def test_parameters_of_calls(service: str) -> None:
    chance = random.Random(service)
    words = sorted(literals(source(service)["rules"])) or ["x"]
    names = TABLES.resolver(service).parameters
    answered = 0
    for _ in range(300):
        inputs = {name: value(chance, parameter.kind, words) for name, parameter in names.items()}
        inputs["Region"] = chance.choice(
            ["us-west-2", "us-east-1", "cn-north-1", "us-gov-west-1", "local", None]
        )
        inputs["Endpoint"] = chance.choice(
            [None, None, None, "https://h.example:1/p", "http://10.0.0.1", "nonsense"]
        )
        for flag in ("UseFIPS", "UseDualStack"):
            inputs[flag] = chance.random() < 0.2
        answered += compare(service, inputs)
    assert answered > 20


LABEL = st.text("ab1-", min_size=1, max_size=10)
ZONE = st.sampled_from(["usw2-az1", "use1-az4", "x", "apne1-az12"])
BUCKET = st.one_of(
    st.text("abAB019-._", max_size=70),
    st.builds("{}--{}--{}".format, LABEL, ZONE, st.sampled_from(["x-s3", "xa-s3", "op-s3", "y"])),
    st.builds(lambda *parts: ":".join(parts), *map(st.sampled_from, ARN_PARTS)),
    st.builds("arn:aws:s3:us-west-2:{}:accesspoint:{}".format, LABEL, st.text("ab-._/:", max_size=9)),
    st.builds("arn:{}".format, st.text("awsx3:/-", max_size=30)),
)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    bucket=BUCKET,
    region=st.sampled_from(["us-west-2", "us-east-1", "cn-north-1", "us-gov-east-1", "aws-global", None]),
    flags=st.lists(st.booleans(), min_size=8, max_size=8),
    custom=st.sampled_from(
        [None, None, None, "http://localhost:5000", "https://[::1]:8000/x y", "https://h/%20/p"]
    ),
)
def test_buckets(bucket: str, region: str | None, flags: list[bool], custom: str | None) -> None:
    names = ("UseFIPS", "UseDualStack", "ForcePathStyle", "Accelerate", "UseGlobalEndpoint", "UseArnRegion",
             "DisableAccessPoints", "UseS3ExpressControlEndpoint")  # fmt: skip
    inputs = dict(zip(names, flags, strict=True))
    # Without this nearly every case ends at one of the first errors.
    inputs["Accelerate"] = inputs["Accelerate"] and bool(len(bucket) % 2)
    compare("s3", {**inputs, "Bucket": bucket, "Region": region, "Endpoint": custom, "Key": "k"})


# What the resolver adds to the rules


def test_no_region() -> None:
    for service in ("ec2", "s3", "agent-registry", "importexport"):
        with pytest.raises(NoRegion, match="AWS_REGION") as caught:
            TABLES.resolver(service).resolve({"UseFIPS": service == "importexport"})
        assert caught.value.service == service


@pytest.mark.parametrize("region", ["evil.example/", "us-east-1.evil", "a b", "", "x@y", "us-east-1\n"])
@pytest.mark.parametrize("service", ["ec2", "dynamodb"])
def test_a_region_cannot_choose_the_host(service: str, region: str) -> None:
    with pytest.raises((ConfigError, NoEndpoint)):
        TABLES.resolver(service).resolve({"Region": region})


def test_wrong_types() -> None:
    for service in ("ec2", "s3"):
        with pytest.raises(ConfigError, match="Region"):
            TABLES.resolver(service).resolve({"Region": 1})
        with pytest.raises(ConfigError, match="UseFIPS"):
            TABLES.resolver(service).resolve({"Region": "us-west-2", "UseFIPS": "yes"})


def test_unknown_service() -> None:
    with pytest.raises(UnknownService, match="did you mean 'kinesis'"):
        TABLES.resolver("kinesiss")
    for name in ("", "#0", "@0", "ec2 [5"):
        with pytest.raises(UnknownService):
            TABLES.resolver(name)


def test_braces_in_a_value_stay_as_they_are() -> None:
    found = TABLES.resolver("ec2").resolve({"Endpoint": "https://h/{Region}/{0}"})
    assert found.url == "https://h/{Region}/{0}"


def test_answers_are_cached_by_what_rules_look_at() -> None:
    resolver = Tables(FACTS).resolver("s3")
    first = resolver.resolve({"Region": "us-west-2", "Bucket": "one", "Key": "a"})
    assert resolver.resolve({"Region": "us-west-2", "Bucket": "one", "Key": "b"}) is first
    assert (
        resolver.resolve({"Region": "us-west-2", "Bucket": "two"}).url
        == "https://two.s3.us-west-2.amazonaws.com"
    )
    for number in range(1000):
        resolver.resolve({"Region": "us-west-2", "Bucket": f"bucket-{number}"})
    assert len(resolver._cache) <= 256


def test_arrays_are_part_of_the_question() -> None:
    resolver = TABLES.resolver("dynamodb")
    inputs = {"Region": "us-east-1", "AccountIdEndpointMode": "preferred"}
    arns = [
        "arn:aws:dynamodb:us-east-1:111111111111:table/t",
        "arn:aws:dynamodb:us-east-1:222222222222:table/t",
    ]
    urls = [resolver.resolve({**inputs, "ResourceArnList": [name]}).url for name in arns]
    assert urls == [f"https://{name.split(':')[4]}.ddb.us-east-1.amazonaws.com" for name in arns]


def test_what_a_first_endpoint_imports() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(boto.__path__[0]).parent)!r})\n"
        "from boto.endpoints.tables import Tables\n"
        f"tables = Tables({FACTS!r})\n"
        "tables.resolver('ec2').resolve({'Region': 'us-west-2'})\n"
        "tables.resolver('s3').resolve({'Region': 'us-west-2', 'Bucket': 'b-1', 'Endpoint': 'http://localhost:1'})\n"
        "print(' '.join(sorted({'re', 'json', 'urllib', 'typing', 'enum', 'functools'} & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
