"""Arbitrary rule sets: what they answer, and what is said of bad ones."""

from __future__ import annotations

from typing import Any

import pytest

from boto.core.errors import ConfigError, NoEndpoint
from boto.endpoints.partitions import Partitions
from boto.endpoints.rules import RuleSet

PARTITIONS = Partitions(
    [
        (
            "one",
            r"^us-\w+-\d+$",
            {"dnsSuffix": "one.example", "supportsFIPS": True, "custom": "c"},
            ["us-a-1"],
        ),
        ("two", r"^zz-\w+-\d+$", {"dnsSuffix": "two.example", "supportsFIPS": False}, ["zz-a-1"]),
    ]
)
REGION = {"ref": "Region"}
PARAMETERS = {
    "Region": {"type": "String", "builtIn": "AWS::Region"},
    "Flag": {"type": "boolean", "default": False, "required": True},
    "List": {"type": "stringArray"},
}


def call(name: str, *argv: Any, assign: str | None = None) -> dict[str, Any]:
    return {"fn": name, "argv": list(argv), **({"assign": assign} if assign else {})}


def endpoint(url: Any, *conditions: Any, **parts: Any) -> dict[str, Any]:
    return {"type": "endpoint", "conditions": list(conditions), "endpoint": {"url": url, **parts}}


def tree(rules: list[Any], *conditions: Any) -> dict[str, Any]:
    return {"type": "tree", "conditions": list(conditions), "rules": rules}


def error(words: str, *conditions: Any) -> dict[str, Any]:
    return {"type": "error", "conditions": list(conditions), "error": words}


def rule_set(*rules: Any, parameters: Any = PARAMETERS) -> RuleSet:
    return RuleSet({"version": "1.0", "parameters": parameters, "rules": list(rules)}, PARTITIONS)


def url(*rules: Any, **inputs: Any) -> str:
    return rule_set(*rules).evaluate(inputs).url


def test_the_first_rule_that_holds_answers() -> None:
    rules = [
        endpoint("https://b", call("stringEquals", REGION, "b")),
        tree([endpoint("https://never", call("stringEquals", REGION, "x"))], call("isSet", REGION)),
        endpoint("https://set", call("isSet", REGION)),
        error("no region but {{this}}"),
    ]
    assert url(*rules, Region="b") == "https://b"
    assert url(*rules, Region="c") == "https://set"  # a tree without an answer lets the next rule try
    with pytest.raises(NoEndpoint, match=r"^no region but {this}$"):
        url(*rules)


def test_no_rule_at_all() -> None:
    with pytest.raises(NoEndpoint, match="Region='x'"):
        url(endpoint("https://b", call("stringEquals", REGION, "b")), Region="x")


def test_headers_properties_and_auth() -> None:
    found = rule_set(
        endpoint(
            "https://{P#dnsSuffix}/{Region}",
            call("aws.partition", REGION, assign="P"),
            headers={"x-r": ["{Region}", "*"]},
            properties={
                "authSchemes": [
                    {"name": "sigv4a", "signingName": "s", "signingRegionSet": ["{Region}", "*"]},
                    {"name": "sigv4", "signingRegion": "{Region}", "disableDoubleEncoding": True},
                ],
                "n": [1, None, True],
            },
        )
    ).evaluate({"Region": "zz-a-1"})
    assert found.url == "https://two.example/zz-a-1"
    assert found.headers == {"x-r": "zz-a-1, *"}
    assert found.auth == [
        {"name": "sigv4a", "service": "s", "regions": ["zz-a-1", "*"], "encode_path": True},
        {"name": "sigv4", "region": "zz-a-1", "encode_path": False},
    ]
    assert found.properties["n"] == [1, None, True]
    assert found.properties["authSchemes"][1]["signingRegion"] == "zz-a-1"


@pytest.mark.parametrize(
    ("conditions", "hole", "answer"),
    [
        ([call("getAttr", {"ref": "List"}, "[1]", assign="x")], "{x}", "b"),
        ([call("getAttr", {"ref": "List"}, "[-1]", assign="x")], "{x}", "c"),
        (
            [call("split", REGION, "-", 0, assign="p"), call("getAttr", {"ref": "p"}, "[0]", assign="x")],
            "{x}",
            "us",
        ),
        ([call("coalesce", call("getAttr", {"ref": "List"}, "[9]"), REGION, assign="x")], "{x}", "us-a-1"),
        ([call("ite", {"ref": "Flag"}, "yes", "no", assign="x")], "{x}", "no"),
        ([call("substring", REGION, 0, 1, True, assign="x")], "{x}", "1"),
        ([call("uriEncode", "a b", assign="x")], "{x}", "a%20b"),
        (
            [
                call("aws.partition", REGION, assign="p"),
                call("not", call("stringEquals", {"ref": "Region"}, "")),
            ],
            "{p#custom}",
            "c",
        ),
        (
            [
                call("aws.parseArn", "arn:a:s:r:1:t/i", assign="a"),
                call("getAttr", {"ref": "a"}, "resourceId[1]", assign="x"),
            ],
            "{a#service}{x}",
            "si",
        ),
        (
            [call("parseURL", "https://h:1/p", assign="u"), call("stringEquals", "{u#scheme}", "https")],
            "{u#authority}{u#normalizedPath}",
            "h:1/p/",
        ),
    ],
)
def test_functions_in_rules(conditions: list[Any], hole: str, answer: str) -> None:
    found = url(endpoint(f"https://{hole}", *conditions), Region="us-a-1", List=["a", "b", "c"])
    assert found == f"https://{answer}"


def test_a_branch_that_failed_leaves_nothing_behind() -> None:
    rules = [
        tree(
            [endpoint("https://{x}", call("stringEquals", {"ref": "x"}, "nothing"))],
            call("substring", REGION, 0, 2, False, assign="x"),
        ),
        endpoint("https://{x}", call("substring", REGION, 0, 3, True, assign="x")),
    ]
    assert url(*rules, Region="abcdef") == "https://def"


def test_inputs_are_checked() -> None:
    rules = rule_set(endpoint("https://{Region}"))
    with pytest.raises(ConfigError, match="Region: str expected"):
        rules.evaluate({"Region": 1})
    with pytest.raises(ConfigError, match="Flag: bool expected"):
        rules.evaluate({"Flag": "yes"})
    with pytest.raises(NoEndpoint, match="need a value for Region"):
        rules.evaluate({})
    needed = rule_set(endpoint("https://x"), parameters={"Need": {"type": "string", "required": True}})
    with pytest.raises(NoEndpoint, match="Need"):
        needed.evaluate({})


def test_parameters() -> None:
    found = rule_set(endpoint("https://x")).parameters
    assert [(p.name, p.kind, p.builtin, p.default, p.required) for p in found.values()] == [
        ("Region", "string", "AWS::Region", None, False),
        ("Flag", "boolean", None, False, True),
        ("List", "stringArray", None, None, False),
    ]


BAD: list[tuple[Any, str]] = [
    ([], r"^rules: a list of rules"),
    ([tree([endpoint("https://x"), {"type": "leaf"}])], r"^rules\[0\]\.rules\[1\]: a rule needs a `type`"),
    ([tree([])], r"^rules\[0\]\.rules: a list"),
    ([endpoint("https://x", REGION)], r"^rules\[0\]\.conditions\[0\]: a condition must call"),
    (
        [endpoint("https://x", call("isset", REGION))],
        r"^rules\[0\]\.conditions\[0\]: no function is called 'isset'",
    ),
    (
        [endpoint("https://x", call("isSet", REGION, REGION))],
        r"conditions\[0\]: isSet takes 1 arguments, not 2",
    ),
    (
        [endpoint("https://x", call("stringEquals", REGION, True))],
        r"conditions\[0\]\.argv\[1\]: stringEquals wants a value of kind string, not boolean",
    ),
    (
        [endpoint("https://x", call("not", call("isSet", {"ref": "Nope"})))],
        r"conditions\[0\]\.argv\[0\]\.argv\[0\]: 'Nope' is no parameter and not assigned above",
    ),
    ([endpoint("https://{Nope}")], r"^rules\[0\]\.endpoint\.url: in .*'Nope' is no parameter"),
    ([endpoint("https://{Flag}")], r"\{Flag\} is no string"),
    ([endpoint("https://{Region")], r"a brace without its partner"),
    ([endpoint("https://Region}")], r"a brace without its partner"),
    ([endpoint({"ref": "Flag"})], r"^rules\[0\]\.endpoint\.url: a string is needed, not a boolean"),
    ([endpoint("https://x", headers={"h": "v"})], r"^rules\[0\]\.endpoint\.headers: an object of lists"),
    (
        [endpoint("https://x", properties={"a": [{"b": "{Nope}"}]})],
        r"^rules\[0\]\.endpoint\.properties\.a\[0\]\.b: ",
    ),
    ([endpoint("https://x", call("aws.parseArn", REGION, assign="Region"))], r"'Region' has a value already"),
    (
        [
            endpoint(
                "https://x", call("aws.parseArn", REGION, assign="a"), call("getAttr", {"ref": "a"}, "nope")
            )
        ],
        r"^rules\[0\]\.conditions\[1\]: no attribute 'nope'",
    ),
    ([endpoint("https://x", call("getAttr", REGION, "name"))], r"a value of kind string has no attribute"),
    ([endpoint("https://x", call("getAttr", {"ref": "List"}, "[x]"))], r"\[x\] is no index"),
    # What one rule assigned cannot be read by the next.
    (
        [endpoint("https://x", call("aws.parseArn", REGION, assign="a")), endpoint("https://{a#region}")],
        r"^rules\[1\]\.endpoint\.url: .*'a' is no parameter",
    ),
    (
        [{"type": "endpoint", "conditions": [], "endpoint": {}}],
        r"^rules\[0\]\.endpoint: an object with a `url`",
    ),
    ([{"type": "error", "conditions": {}, "error": ""}], r"^rules\[0\]\.conditions: a list"),
    ([endpoint("https://x", {"fn": "isSet"})], r"conditions\[0\]: isSet has no `argv`"),
    ([endpoint("https://x", call("isSet", {"x": 1}))], r"argv\[0\]: neither a value, nor a `ref`"),
]


@pytest.mark.parametrize(("rules", "words"), BAD)
def test_bad_rule_sets_say_where(rules: list[Any], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        rule_set(*rules)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        (None, "parameters: an object"),
        ({"a": {"type": "number"}}, "parameters.a: `type`"),
        ({"a": 1}, "parameters.a: `type`"),
        ({"a": {"type": "string", "default": True}}, "parameters.a: the default"),
    ],
)
def test_bad_parameters(parameters: Any, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        rule_set(endpoint("https://x"), parameters=parameters)
