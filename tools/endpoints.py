"""Compile AWS's endpoint rule sets into the facts that are shipped.

    python -m tools.endpoints <botocore's data folder> <output folder>

Writes `endpoints.tables`, `endpoints.rules` and `endpoints.partitions` (their form:
`boto/endpoints/tables.py`). The same source gives the same bytes.

A rule set becomes a table when its conditions ask nothing but
    isSet(Region), isSet(Endpoint), the two flags, aws.partition(Region), outputs of that partition,
    and whether Region equals a literal,
combined in any way. What it answers then depends on no more than
    whether there is an endpoint x the flags x (no region | a region that a literal names | the partition),
which are a few dozen cases. Each is put to the rule set, whose leaves were numbered first, so that the
answer tells which leaf was reached; the leaf's own strings, holes and all, become the outcome. Nothing is
guessed from the text of a URL. Afterwards every table is read back with the reader that is shipped, and
must agree with the rules in each region that is listed, in each that a rule names, and in a new one of each
partition.
"""

from __future__ import annotations

import gzip
import itertools
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from boto.core.errors import NoEndpoint, NoRegion
from boto.endpoints.partitions import Partitions
from boto.endpoints.rules import RuleSet
from boto.endpoints.tables import Tables

JSON = dict[str, Any]
FLAGS = [(False, False), (True, False), (False, True), (True, True)]  # (FIPS, dual stack), as rows have them
CUSTOM = "https://custom.example:8443/path"


class Irregular(Exception):
    """This rule set fits no table; the text says why."""


# Reading the source


def newest_rule_sets(data_root: Path) -> dict[str, JSON]:
    """The rule set of the newest version of each service, by the name of its folder."""
    found = {}
    for folder in sorted(path for path in data_root.iterdir() if path.is_dir()):
        files = sorted(folder.glob("*/endpoint-rule-set-1.json*"))
        if files:
            found[folder.name] = _json(files[-1])
    return found


def _json(path: Path) -> JSON:
    raw = path.read_bytes()
    source: JSON = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    return source


def partition_rows(source: JSON) -> list[list[Any]]:
    return [
        [p["id"], p["regionRegex"], dict(sorted(p["outputs"].items())), sorted(p["regions"])]
        for p in source["partitions"]
    ]


def new_regions(partitions: Partitions) -> dict[str, str]:
    """For each partition a region that it does not list: a listed one with another number."""
    found = {}
    for name in partitions.names:
        candidates = [re.sub(r"\d+$", "97", region) for region in partitions.regions(name)]
        listed = set(partitions.regions(name))
        found[name] = next(
            c for c in candidates if c not in listed and c[-1].isdigit() and partitions.of(c)["name"] == name
        )
    return found


# What a rule set asks


class Questions:
    """Walks a rule set; collects the literals that Region is compared with; raises Irregular."""

    def __init__(self, source: JSON) -> None:
        self.literals: set[str] = set()
        self.partitions: set[str] = set()  # names that hold aws.partition(Region)
        self._rules(source["rules"])

    def _rules(self, rules: list[JSON]) -> None:
        for rule in rules:
            for condition in rule["conditions"]:
                self._ask(condition)
            self._rules(rule.get("rules", []))

    def _ask(self, node: Any) -> None:
        if isinstance(node, bool) or node in ({"ref": "UseFIPS"}, {"ref": "UseDualStack"}):
            return
        if not isinstance(node, dict) or "fn" not in node:
            raise Irregular(f"a condition on {node!r}")
        name, argv = node["fn"], node["argv"]
        if name == "aws.partition" and argv == [{"ref": "Region"}]:
            self.partitions.add(node.get("assign", ""))
        elif "assign" in node:
            raise Irregular(f"{name} is assigned")
        else:
            self._call(node, name, argv)

    def _call(self, node: JSON, name: str, argv: list[Any]) -> None:
        if name == "stringEquals":
            self._compare(argv)
        elif name in ("not", "booleanEquals"):
            for arg in argv:
                self._ask(arg)
        elif name == "isSet":
            if argv not in ([{"ref": "Region"}], [{"ref": "Endpoint"}]):
                raise Irregular(f"isSet of {argv[0]}")
        elif not self._of_partition(node):
            raise Irregular(f"{name} of {argv[0]}")

    def _compare(self, argv: list[Any]) -> None:
        value, literal = argv if isinstance(argv[1], str) else reversed(argv)
        if not isinstance(literal, str) or "{" in literal:
            raise Irregular(f"a comparison with {literal!r}")
        if value == {"ref": "Region"}:
            self.literals.add(literal)
        elif not self._of_partition(value):
            raise Irregular(f"a comparison of {value!r}")

    def _of_partition(self, node: Any) -> bool:
        return (
            isinstance(node, dict)
            and node.get("fn") == "getAttr"
            and node["argv"][0].get("ref") in self.partitions
        )


# From rules to tables


class Table:
    """The rows of one rule set, with leaves in place of numbers."""

    def __init__(self, source: JSON, partitions: Partitions) -> None:
        asked = Questions(source)
        unknown = set(source["parameters"]) - {"Region", "UseFIPS", "UseDualStack", "Endpoint"}
        if unknown:
            raise Irregular(f"parameters {', '.join(sorted(unknown))}")
        self.literals = sorted(asked.literals)
        self._leaves: list[Any] = []
        numbered = {**source, "rules": [self._number(rule, asked.partitions) for rule in source["rules"]]}
        self._rules = RuleSet(numbered, partitions)
        new = new_regions(partitions)

        places: list[str | None] = [None, *new.values(), *self.literals]
        customs = [self._row(place, CUSTOM) for place in places]
        if any(row != customs[0] for row in customs):
            raise Irregular("what a custom endpoint means depends on the region")
        self.custom = customs[0]
        self.none = self._row(None, None)
        self.usual = self._row(new[partitions.names[0]], None)
        rows = {name: self._row(region, None) for name, region in new.items()}
        self.by_partition = {name: row for name, row in rows.items() if row != self.usual}
        regions = {place: self._row(place, None) for place in self.literals}
        self.by_region = {r: row for r, row in regions.items() if row != rows[partitions.of(r)["name"]]}

    def _number(self, rule: JSON, names: set[str]) -> JSON:
        """The rule with its leaves replaced by errors that tell their number."""
        if rule["type"] == "tree":
            return {**rule, "rules": [self._number(inner, names) for inner in rule["rules"]]}
        self._leaves.append(_outcome(rule, names))
        number = str(len(self._leaves) - 1)
        return {"type": "error", "conditions": rule["conditions"], "error": number}

    def _row(self, region: str | None, custom: str | None) -> list[Any]:
        row = []
        for fips, dualstack in FLAGS:
            try:
                self._rules.evaluate(
                    {"Region": region, "Endpoint": custom, "UseFIPS": fips, "UseDualStack": dualstack}
                )
            except NoEndpoint as error:
                if not str(error).isdigit():
                    row.append({"error": str(error)})
                    continue
                row.append(self._leaves[int(str(error))])
        return row

    def rows(self) -> list[Any]:
        """The table with its outcomes in full."""
        return [self.custom, self.none, self.usual, self.by_partition, self.by_region]


def _outcome(rule: JSON, partitions: set[str]) -> Any:
    """What a leaf answers, with the holes that tables know."""
    if rule["type"] == "error":
        return {"error": _holes(rule["error"], partitions)}
    endpoint = rule["endpoint"]
    url = _holes(endpoint["url"], partitions)
    rest = {key: _holes(endpoint[key], partitions) for key in ("headers", "properties") if endpoint.get(key)}
    return {"url": url, **rest} if rest else url


def _holes(node: Any, partitions: set[str]) -> Any:
    if isinstance(node, str):
        return re.sub(r"\{([^}]*)\}", lambda match: _hole(match[1], partitions), node)
    if isinstance(node, list):
        return [_holes(value, partitions) for value in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"ref"}:
        return _hole(node["ref"], partitions)
    if "fn" in node:
        raise Irregular(f"an endpoint with {node['fn']}")
    return {name: _holes(value, partitions) for name, value in node.items()}


def _hole(name: str, partitions: set[str]) -> str:
    variable, _, attribute = name.partition("#")
    if name in ("Region", "Endpoint"):
        return f"{{{name}}}"
    if variable in partitions and attribute:
        return f"{{{attribute}}}"
    raise Irregular(f"a hole for {name}")


class Words:
    """Takes a service's own words out of its table: the literal beginning of each host, in order."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def take(self, node: Any) -> Any:
        if isinstance(node, str):
            return re.sub(r"^(https?://)([^.{]+(?:\.[^.{]+)*?)(?=\.\{|\.[^{]*$)", self._replace, node)
        if isinstance(node, list):
            return [self.take(value) for value in node]
        if isinstance(node, dict):
            if "url" in node:
                return {**node, "url": self.take(node["url"])}
            return node if "error" in node else {name: self.take(value) for name, value in node.items()}
        return node

    def _replace(self, match: re.Match[str]) -> str:
        word = match[2]
        if word not in self.found:
            self.found.append(word)
        return f"{match[1]}{{{self.found.index(word)}}}"


# Rule sets that stay rules


class Sharing:
    """A rule set without documentation, each repeated rule or condition kept once."""

    def __init__(self, source: JSON) -> None:
        self._nodes: dict[str, JSON] = {}
        self._uses: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._shared: list[JSON] = []
        roots = [self._intern(rule) for rule in source["rules"]]
        self.source: JSON = {"parameters": _parameters(source), "unused": self._unused(source)}
        self.source["rules"] = [self._emit(key) for key in roots]
        self.source["shared"] = self._shared

    def _intern(self, node: JSON) -> str:
        """The key of a rule or condition; the keys of what is inside it stand in its place."""
        kept = {name: value for name, value in node.items() if name != "documentation"}
        if "type" in kept:
            kept["conditions"] = [self._intern(condition) for condition in kept["conditions"]]
            if "rules" in kept:
                kept["rules"] = [self._intern(rule) for rule in kept["rules"]]
            if "endpoint" in kept:
                kept["endpoint"] = {name: value for name, value in kept["endpoint"].items() if value}
        key = json.dumps(kept, sort_keys=True)
        self._uses[key] = self._uses.get(key, 0) + 1
        if self._uses[key] > 1:
            # The node is there already, so that what is inside it has been counted for it once.
            for inner in (*kept.get("conditions", ()), *kept.get("rules", ())):
                self._uses[inner] -= 1
        self._nodes[key] = kept
        return key

    def _emit(self, key: str) -> JSON:
        if self._uses[key] > 1:
            if key not in self._numbers:
                node = self._write(key)
                self._numbers[key] = len(self._shared)
                self._shared.append(node)
            return {"$": self._numbers[key]}
        return self._write(key)

    def _write(self, key: str) -> JSON:
        node = dict(self._nodes[key])
        for name in ("conditions", "rules"):
            if name in node:
                node[name] = [self._emit(inner) for inner in node[name]]
        if node.get("conditions") == []:
            del node["conditions"]
        return node

    def _unused(self, source: JSON) -> list[str]:
        """Parameters that no rule looks at: they are no part of the question."""
        text = json.dumps(source["rules"])
        return [
            name
            for name in source["parameters"]
            if f'"ref": "{name}"' not in text and not re.search(rf"\{{{name}[#}}]", text)
        ]


def _parameters(source: JSON) -> JSON:
    def kept(key: str, value: Any) -> bool:
        return key == "default" or (key in ("type", "builtIn", "required") and value not in (None, False))

    return {
        name: {key: value for key, value in sorted(spec.items()) if kept(key, value)}
        for name, spec in source["parameters"].items()
    }


# Writing


class Facts:
    """All services, on their way into the two files."""

    def __init__(self, partitions: Partitions) -> None:
        self.services: dict[str, list[Any]] = {}
        self.rules: dict[str, JSON] = {}
        self.why: dict[str, str] = {}
        self.literals: set[str] = set()
        self._partitions = partitions
        self._outcomes: dict[str, int] = {}
        self._tables: dict[str, int] = {}

    def add(self, service: str, source: JSON) -> None:
        try:
            table = Table(source, self._partitions)
        except Irregular as why:
            self.why[service] = str(why)
            self.rules[service] = Sharing(source).source
            self.services[service] = []
            return
        self.literals.update(table.literals)
        words = Words()
        rows = self._numbered(words.take(table.rows()))
        number = self._tables.setdefault(_line(rows), len(self._tables))
        self.services[service] = [number, *words.found]

    def _numbered(self, rows: list[Any]) -> list[Any]:
        def numbers(row: list[Any]) -> list[int]:
            return [self._outcomes.setdefault(_line(outcome), len(self._outcomes)) for outcome in row]

        custom, none, usual, by_partition, by_region = rows
        return [
            numbers(custom),
            numbers(none),
            numbers(usual),
            {name: numbers(row) for name, row in by_partition.items()},
            {name: numbers(row) for name, row in by_region.items()},
        ]

    def files(self) -> dict[str, str]:
        lines = [f"@{number} {outcome}" for outcome, number in self._outcomes.items()]
        lines += [f"#{number} {table}" for table, number in self._tables.items()]
        lines += [f"{service} {_line(facts)}" for service, facts in self.services.items()]
        rules = [f"{service} {_line(source)}" for service, source in self.rules.items()]
        return {"endpoints.tables": "\n".join(lines) + "\n", "endpoints.rules": "\n".join(rules) + "\n"}


def _line(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True)


def verify(
    files: dict[str, str], sources: dict[str, JSON], partitions: Partitions, literals: set[str]
) -> int:
    """Compare what is shipped with the rules as published, in all cases; the number of them."""
    with tempfile.TemporaryDirectory() as folder:
        write(files, Path(folder))
        return _verified(Tables(f"{folder}/endpoints"), sources, partitions, literals)


def _verified(tables: Tables, sources: dict[str, JSON], partitions: Partitions, literals: set[str]) -> int:
    listed = {region for name in partitions.names for region in partitions.regions(name)}
    regions = [None, *sorted(listed | literals), *new_regions(partitions).values(), "nowhere"]
    count = 0
    for service, source in sources.items():
        shipped, rules = tables.resolver(service), RuleSet(source, partitions)
        for region, (fips, dual), custom in itertools.product(regions, FLAGS, (None, CUSTOM)):
            inputs = {"Region": region, "UseFIPS": fips, "UseDualStack": dual, "Endpoint": custom}
            if outcome(shipped.resolve, inputs) != outcome(rules.evaluate, inputs):
                raise AssertionError(f"{service}: table and rules differ for {inputs}")
            count += 1
    return count


def outcome(resolve: Any, inputs: JSON) -> tuple[Any, ...]:
    try:
        found = resolve(inputs)
    except NoRegion as error:
        return ("error", str(error.__cause__))
    except NoEndpoint as error:
        return ("error", str(error))
    return (found.url, dict(found.headers), dict(found.properties), found.auth)


def build(data_root: Path) -> tuple[dict[str, str], Facts, dict[str, JSON]]:
    """The text of each file."""
    rows = partition_rows(_json(data_root / "partitions.json"))
    partitions = Partitions([tuple(row) for row in rows])
    sources = newest_rule_sets(data_root)
    facts = Facts(partitions)
    for service, source in sources.items():
        facts.add(service, source)
    files = {**facts.files(), "endpoints.partitions": "".join(f"{_line(row)}\n" for row in rows)}
    verify(files, sources, partitions, facts.literals)
    return files, facts, sources


def compile(data_root: Path, out: Path) -> None:
    """Write the endpoint facts of botocore's data folder into a folder."""
    files, _, _ = build(data_root)
    write(files, out)


def write(files: dict[str, str], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (out / name).write_text(text, encoding="ascii", newline="\n")


if __name__ == "__main__":
    compile(Path(sys.argv[1]), Path(sys.argv[2]))
