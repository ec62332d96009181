"""The house rules, checked on the source text: floors, I/O, purity, flows, words, state, length.

Every check is a function from a house (`{module: source text}`) to a list of violations. Each is run twice:
on the library, where the list must be empty, and on a small planted violation, where it must not be.

Two decisions. A dotted path in a string ("boto.transport.driver:Connection") is an import like any other:
that the module loads later changes nothing about who knows whom. An import for type checkers alone may go
down or sideways, never up: the types of a lower floor must be sayable without the higher one.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import boto

House = dict[str, str]

ROOT = Path(boto.__file__).parent


def library() -> House:
    house = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        house[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text("utf-8")
    return house


HOUSE = library()


def trees(house: House) -> Iterator[tuple[str, ast.Module]]:
    for module, source in house.items():
        yield module, ast.parse(source)


def belongs(module: str, prefixes: object) -> bool:
    return any(module == prefix or module.startswith(f"{prefix}.") for prefix in prefixes)


# -- floors ---------------------------------------------------------------------------------------------

FLOORS = {
    "boto": 8, "boto.aio": 8, "boto.cli": 8, "boto.testing": 8, "boto.errors": 8, "boto.json": 8,
    "boto.session": 7, "boto.registry": 7,
    "boto.resources": 6,
    "boto.services": 5,
    "boto.calls": 4, "boto.transfer": 4,
    "boto.middleware": 3,
    "boto.serializers": 2, "boto.parsers": 2, "boto.auth": 2, "boto.endpoints": 2,
    "boto.models": 1, "boto.config": 1,
    "boto.core": 0,
}  # fmt: skip
SIDE = "boto.transport"

# Siblings that may import each other.
SIDEWAYS = {("boto.session", "boto.registry"), ("boto.transfer", "boto.calls")}

# `import boto` is a table of the names users type, each with the place where it lives.
FACADE = "boto"

DOTTED = re.compile(r"(boto(?:\.[a-z_0-9]+)+)(?::\w*)?")


def part_of(module: str) -> str:
    """The part of the house a module belongs to: a row of FLOORS, or transport."""
    return max((part for part in (*FLOORS, SIDE) if belongs(module, [part])), key=len)


def imports(module: str, tree: ast.Module, house: House) -> Iterator[tuple[str, int, bool]]:
    """(imported module of ours, line, whether for type checkers alone), at any depth, dotted paths too."""
    typed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            typed.update(inner for child in node.body for inner in ast.walk(child))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: relative import"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in house else node.module for name in whole]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            named = DOTTED.fullmatch(node.value)
            names = [named[1]] if named else []
        else:
            continue
        for name in names:
            if belongs(name, ["boto"]):
                yield name, node.lineno, node in typed


def floors(house: House) -> list[str]:
    found = []
    for module, tree in trees(house):
        here = part_of(module)
        for name, line, typed in imports(module, tree, house):
            there = part_of(name)
            if here != there and not _allowed(here, there, typed):
                found.append(f"{module}:{line} imports {name}")
    return found


def _allowed(here: str, there: str, typed: bool) -> bool:
    if there == SIDE:
        return FLOORS.get(here, 0) >= 7
    if here == SIDE:
        return there == "boto.core"
    if here == FACADE or (here, there) in SIDEWAYS:
        return True
    return FLOORS[there] < FLOORS[here] or (typed and FLOORS[there] == FLOORS[here])


def concrete_services(house: House) -> list[str]:
    """A service imports no sibling; resources and what providers share import no provider's own modules."""
    services = {
        module for module, tree in trees(house) if belongs(module, ["boto.services"]) and _declares(tree)
    }
    providers = {
        module.rpartition(".")[0] for module in house if module.count(".") == 3 and "services." in module
    }
    found = []
    for module, tree in trees(house):
        own = next((provider for provider in providers if belongs(module, [provider])), None)
        for name, line, _ in imports(module, tree, house):
            other = next((provider for provider in providers if belongs(name, [provider])), None)
            sibling = module in services and name in services and name != module
            foreign = belongs(module, ["boto.services", "boto.resources"]) and other not in (None, own)
            if sibling or foreign:
                found.append(f"{module}:{line} imports {name}")
    return found


def _declares(tree: ast.Module) -> bool:
    bases = [ast.unparse(base) for node in tree.body if isinstance(node, ast.ClassDef) for base in node.bases]
    return any(base.partition("[")[0] == "Service" for base in bases)


# -- I/O, clocks, chance --------------------------------------------------------------------------------

WORLD = {
    "socket", "ssl", "select", "selectors", "socketserver", "http.client", "http.server",
    "ftplib", "smtplib", "asyncio", "concurrent",
    "threading", "_thread", "multiprocessing", "queue", "sched", "signal",
    "requests", "urllib3", "httpx", "aiohttp",
    "trio", "anyio", "urllib.request",
}  # fmt: skip
WORLD_ALLOWED = ("boto.transport", "boto.cli", "boto.testing")

FILES_CALLED = {
    "open", "popen", "system", "read_text", "read_bytes", "write_text",
    "write_bytes", "listdir", "scandir", "stat",
    "exists", "isfile", "isdir", "pread", "mmap",
}  # fmt: skip
FILES_IMPORTED = {"subprocess", "pathlib", "shutil", "tempfile", "glob", "mmap", "fileinput", "pty"}
FILES_ALLOWED = {
    "boto.transport": "certificates",
    "boto.cli": "a command line reads and writes what it is told to",
    "boto.testing": "starts servers",
    "boto.models.loader": "package data: which fact files there are",
    "boto.models.rows": "package data: one seek and one read for an operation",
    "boto.models.c2j": "a folder with an AWS service model, named by the user when connecting",
    "boto.models.documents": "a description the user names when connecting, before any flow runs",
    "boto.endpoints.tables": "package data: the endpoint facts",
    "boto.config.files": "the one reader of configuration files; called inside a Block",
}

CLOCKS = {
    "time",
    "time_ns",
    "monotonic",
    "monotonic_ns",
    "perf_counter",
    "process_time",
    "sleep",
    "localtime",
}
CHANCE_IMPORTED = {"random", "uuid", "secrets", "platform", "getpass", "locale"}
NOW_CALLED = {"now", "utcnow", "today", "urandom", "getenv"}
PURE = (
    "boto.core", "boto.models", "boto.serializers", "boto.parsers",
    "boto.auth", "boto.endpoints", "boto.config",
)  # fmt: skip


def _imported(tree: ast.AST) -> Iterator[tuple[str, set[str], int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, set(), node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", {alias.name for alias in node.names}, node.lineno


def _called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func), node


def network(house: House) -> list[str]:
    """Sockets, TLS, HTTP libraries, loops, threads and sleeps are the transport's."""
    found = []
    for module, tree in trees(house):
        if belongs(module, WORLD_ALLOWED):
            continue
        for name, members, line in _imported(_at_run_time(tree)):
            if belongs(name, WORLD) or (name == "time" and "sleep" in members):
                found.append(f"{module}:{line} imports {name}")
        found += [f"{module}:{node.lineno} sleeps" for name, node in _called(tree) if name == "sleep"]
    return found


def files(house: House) -> list[str]:
    found = []
    for module, tree in trees(house):
        if belongs(module, FILES_ALLOWED):
            continue
        found += [
            f"{module}:{line} imports {name}"
            for name, members, line in _imported(_at_run_time(tree))
            if name in FILES_IMPORTED or (name == "os" and members & FILES_CALLED)
        ]
        found += [
            f"{module}:{node.lineno} calls {name}" for name, node in _called(tree) if name in FILES_CALLED
        ]
    return found


def impure(house: House) -> list[str]:
    """A clock, chance or the environment where everything must come as an argument."""
    found = []
    for module, tree in trees(house):
        if belongs(module, PURE):
            found += [f"{module}:{line}" for line in _impurities(tree)]
        elif module == "boto.middleware.retry":
            policies = [node for node in tree.body if isinstance(node, ast.ClassDef) and not _is_layer(node)]
            found += [f"{module}:{line}" for policy in policies for line in _impurities(policy)]
    return found


def _is_layer(node: ast.ClassDef) -> bool:
    return any(isinstance(inner, ast.FunctionDef) and inner.name == "bind" for inner in node.body)


def _impurities(tree: ast.AST) -> Iterator[int]:
    for name, members, line in _imported(_at_run_time(tree)):
        if name in CHANCE_IMPORTED or (name == "time" and (members & CLOCKS or not members)):
            yield line
        if name == "os" and members & {"environ", "getenv", "urandom"}:
            yield line
    for name, node in _called(tree):
        if (
            name in NOW_CALLED
            or (name == "gmtime" and not node.args)
            or (name == "strftime" and len(node.args) == 0)
        ):
            yield node.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "environ":
            yield node.lineno


def _at_run_time(tree: ast.AST) -> ast.AST:
    """A copy without what only type checkers read."""

    class Pruned(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
            self.generic_visit(node)
            return node.orelse if ast.unparse(node.test) == "TYPE_CHECKING" else node

    return Pruned().visit(ast.parse(ast.unparse(tree)) if isinstance(tree, ast.Module) else tree)


# -- flows ----------------------------------------------------------------------------------------------

STEPS = {"Send", "Read", "Sleep", "Block", "Once", "Gather", "Emit", "Undo"}
CATCHES_ALL = {"BaseException", "GeneratorExit"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def flow_names(house: House) -> set[str]:
    """Names of functions that say they return a Flow, and `steps`, which always does."""
    return {"steps"} | {
        node.name
        for _, tree in trees(house)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns is not None and _is_flow(node)
    }


def _is_flow(node: ast.FunctionDef) -> bool:
    return node.returns is not None and ast.unparse(node.returns).strip("'\"").partition("[")[0] == "Flow"


def _inside(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions defined in it."""
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, (*Function.__args__, ast.Lambda, ast.ClassDef)):
            todo += ast.iter_child_nodes(node)


def forgotten(house: House) -> list[str]:
    """Steps and flows that nobody performs: made as a statement of their own, or yielded without `from`."""
    flows = flow_names(house)
    found = []
    for module, tree in trees(house):
        if belongs(module, [SIDE]):
            continue
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            nodes = list(_inside(function))
            if not (_is_flow(function) or any(isinstance(node, ast.YieldFrom) for node in nodes)):
                continue
            for node in nodes:
                value = node.value if isinstance(node, (ast.Expr, ast.Yield)) else None
                if not isinstance(value, ast.Call):
                    continue
                name = value.func.attr if isinstance(value.func, ast.Attribute) else ast.unparse(value.func)
                if name in STEPS or name in flows:
                    found.append(f"{module}:{node.lineno} {name}() without yield from")
    return found


def too_late(house: House) -> list[str]:
    """Yields where a flow that is cut would still run: they end in "generator ignored GeneratorExit"."""
    found = []
    for module, tree in trees(house):
        for function in (node for node in ast.walk(tree) if isinstance(node, Function)):
            for node in _inside(function):
                if isinstance(node, (ast.Try, ast.TryStar)):
                    late = [
                        *node.finalbody,
                        *(stmt for one in node.handlers if _catches_cuts(one) for stmt in one.body),
                    ]
                    yields = [
                        inner
                        for stmt in late
                        for inner in ast.walk(stmt)
                        if isinstance(inner, (ast.Yield, ast.YieldFrom))
                    ]
                    found += [f"{module}:{inner.lineno}" for inner in yields]
    return found


def _catches_cuts(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(ast.unparse(kind).rpartition(".")[2] in CATCHES_ALL for kind in kinds)


# -- words, state, length -------------------------------------------------------------------------------

UNUSED = {
    "client",
    "handler",
    "manager",
    "utils",
    "util",
    "helper",
    "helpers",
    "engine",
    "event",
    "common",
    "misc",
}
CLOUDS = re.compile(
    r"aws|amazon|\bamz\b|x-amz|\bs3\b|\bec2\b|\bsqs\b|dynamo|sigv4|azure|google|openstack", re.I
)

# Where core names a cloud: it is what users of that cloud must be told.
CLOUDS_ALLOWED = {("boto.core.errors", "AWS_REGION"), ("boto.core.naming", "aWSManaged")}


def words(house: House) -> list[str]:
    found = []
    for module, tree in trees(house):
        names = [
            *module.split("."),
            *(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)),
        ]
        for name in names:
            split = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)
            found += [f"{module}: {name}" for word in split if word.lower() in UNUSED]
    return found


def clouds(house: House) -> list[str]:
    found = []
    for module, source in house.items():
        if belongs(module, ["boto.core"]):
            for number, line in enumerate(source.splitlines(), 1):
                known = any(module == where and word in line for where, word in CLOUDS_ALLOWED)
                if CLOUDS.search(line) and not known:
                    found.append(f"{module}:{number} {line.strip()}")
    return found


MUTATORS = {
    "append", "add", "setdefault", "update", "pop", "clear",
    "extend", "insert", "remove", "discard", "popitem",
}  # fmt: skip
STATE_ALLOWED = {
    ("boto.registry", "registry"): "the registry",
    ("boto.session", "_defaults"): "the default sessions behind boto.connect and boto.aio.connect",
    ("boto.models.loader", "_descriptions"): "read-only cache: descriptions, shared by the whole process",
    ("boto.core.naming", "_names"): "read-only cache: names",
    ("boto.core.naming", "_starts"): "filled while the module loads",
    ("boto.calls.paths", "_compiled"): "read-only cache: compiled paths",
    ("boto.services.aws.endpoints", "_tables"): "read-only cache: the endpoint facts",
    ("boto.services.binding", "_agent"): "read-only cache: the User-Agent",
    ("boto.transport.requests", "_transports"): "whom to tell of a fork; weak",
    ("boto.transport.requests", "_abandoned"): "what a forked child must not free",
    ("boto.serializers.json", "_encode"): "read-only cache: the JSON library, once it is needed",
    ("boto.parsers.json", "_decode"): "read-only cache: the JSON library, once it is needed",
    ("boto.parsers.cbor", "_decoder"): "read-only cache: the CBOR library, once it is needed",
    ("boto.middleware.log", "_loggers"): "read-only cache: the logger, once logging is imported",
    ("boto.core.checksums", "_tables"): "read-only cache: tables of polynomials",
}


def state(house: House) -> list[str]:
    """Module-level names that functions change, and objects made at import that are no constants."""
    found = []
    for module, tree in trees(house):
        names = {
            target.id
            for node in tree.body
            for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
            if isinstance(target, ast.Name)
        }
        changed = {name for name in _changed(tree) if name in names}
        changed |= {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
        changed |= {
            ast.unparse(node.targets[0])
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _is_object(node)
        }
        found += [f"{module}: {name}" for name in sorted(changed) if (module, name) not in STATE_ALLOWED]
    return found


def _is_object(node: ast.Assign) -> bool:
    name, kind = ast.unparse(node.targets[0]), ast.unparse(node.value.func)
    return name.strip("_").islower() and kind.rpartition(".")[2][:1].isupper() and kind != "TypeVar"


def _changed(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in MUTATORS:
            yield ast.unparse(node.func.value)
        elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield ast.unparse(node.value)


def long_functions(house: House) -> list[str]:
    return [
        f"{module}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for module, tree in trees(house)
        for node in ast.walk(tree)
        if isinstance(node, Function) and node.end_lineno - node.lineno >= 60
    ]


# Names of services that stand for nothing else; `ec2` is a protocol too, so it is not among them.
SERVICES = {
    "s3",
    "sqs",
    "sns",
    "dynamodb",
    "lambda",
    "iam",
    "sts",
    "kinesis",
    "route53",
    "glacier",
    "s3control",
}


def special_cases(house: House) -> list[str]:
    """`if service == "s3"` outside boto.services."""
    found = []
    for module, tree in trees(house):
        if not belongs(module, ["boto.services"]):
            for node in ast.walk(tree):
                if isinstance(node, ast.Compare):
                    values = {inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant)}
                    found += [f"{module}:{node.lineno} {name}" for name in values & SERVICES]
    return found


# -- the checks, on the library and on what was planted -------------------------------------------------

FLOW = "def f(self) -> Flow[None]:\n    "
PLANTED = [
    (floors, {"boto.auth.sts": "from boto.services.base import Service"}, "auth imports services"),
    (floors, {"boto.core.x": "def f():\n    import boto.transport.driver"}, "core imports transport"),
    (floors, {"boto.transport.x": "from boto.config.sources import Sources"},
     "transport imports more than core"),
    (floors, {"boto.calls.x": "P = 'boto.transport.driver:Connection'"}, "a dotted path is an import"),
    (floors, {"boto.parsers.x": "from boto.serializers import base"}, "siblings"),
    (floors, {"boto.calls.x": "from boto.transfer import plan", "boto.transfer.plan": ""},
     "the allowed way, reversed"),
    (floors, {"boto.models.x": "if TYPE_CHECKING:\n    from boto.parsers.base import Form"},
     "a type from above"),
    (concrete_services, {"boto.services.aws.s3": "class S3(Service): pass\nimport boto.services.aws.sts",
                         "boto.services.aws.sts": "class STS(Service[M]): pass"}, "a sibling service"),
    (concrete_services,
     {"boto.resources.x": "from boto.services.aws import ec2", "boto.services.aws.ec2": ""},
     "resources import a service"),
    (concrete_services, {"boto.services.base": "import boto.services.aws.ec2", "boto.services.aws.ec2": ""},
     "the base imports a provider"),
    (network, {"boto.calls.x": "def f():\n    from urllib3 import util"}, "an HTTP library"),
    (network, {"boto.auth.x": "import socket"}, "a socket"),
    (network, {"boto.middleware.x": "from threading import Lock"}, "a thread"),
    (network, {"boto.middleware.x": "from time import sleep"}, "a sleep"),
    (network, {"boto.middleware.x": "import time\ndef f():\n    time.sleep(1)"}, "a sleep by its module"),
    (files, {"boto.auth.x": "def f(path):\n    return open(path).read()"}, "a file"),
    (files, {"boto.auth.x": "import subprocess"}, "a subprocess"),
    (files, {"boto.calls.x": "def f(path):\n    return path.read_text()"}, "a file by its path"),
    (files, {"boto.calls.x": "from os import popen"}, "a shell"),
    (impure, {"boto.auth.x": "from time import time"}, "a clock"),
    (impure, {"boto.serializers.x": "from datetime import datetime\nX = datetime.now()"},
     "a clock of datetime"),
    (impure, {"boto.auth.x": "from time import gmtime\nX = gmtime()"}, "a clock by default"),
    (impure, {"boto.serializers.x": "def f():\n    from uuid import uuid4"}, "chance"),
    (impure, {"boto.parsers.x": "import os\nX = os.environ.get('A')"}, "the environment"),
    (impure, {"boto.middleware.retry": "class Lucky:\n    def delay(self):\n        import random"},
     "a policy that throws dice"),
    (forgotten, {"boto.calls.x": FLOW + "Sleep(1)\n    yield from ()"}, "a step as a statement"),
    (forgotten, {"boto.calls.x": FLOW + "yield Sleep(1)"}, "yield for yield from"),
    (forgotten, {"boto.calls.x": FLOW + "self.refresh()\ndef refresh() -> Flow[int]: ..."},
     "a flow as a statement"),
    (forgotten, {"boto.services.x": "def f(self):\n    yield from ()\n    self.g.steps()"},
     "steps() as a statement"),
    (too_late, {"boto.calls.x": FLOW + "try:\n        pass\n    finally:\n        yield from Sleep(1)"},
     "finally"),
    (too_late, {"boto.calls.x": FLOW + "try:\n        pass\n    except:\n        yield from Sleep(1)"},
     "bare except"),
    (too_late, {"boto.calls.x": FLOW + "try: g()\n    except BaseException:\n        yield from g()"},
     "except BaseException"),
    (too_late, {"boto.calls.x": FLOW + "try:\n        g()\n    except (E, GeneratorExit):\n        yield 1"},
     "except GeneratorExit"),
    (words, {"boto.calls.helpers": ""}, "a module"),
    (words, {"boto.calls.x": "class HTTPClient: pass"}, "a class"),
    (words, {"boto.calls.x": "class EventHandler: pass"}, "a class of two"),
    (clouds, {"boto.core.x": "SECRET = 'x-amz-security-token'"}, "a header of one cloud"),
    (clouds, {"boto.core.x": "# S3 answers with 200 here"}, "a service of one cloud"),
    (state, {"boto.calls.x": "cache = {}\ndef f(k):\n    cache[k] = 1"}, "a dict that grows"),
    (state, {"boto.calls.x": "SEEN = set()\ndef f(k):\n    SEEN.add(k)"}, "a set that grows"),
    (state, {"boto.calls.x": "n = 0\ndef f():\n    global n\n    n += 1"}, "global"),
    (state, {"boto.calls.x": "pool = Pool()"}, "an object made at import"),
    (long_functions, {"boto.calls.x": "def f():\n" + "    x = 1\n" * 60}, "61 lines"),
    (special_cases, {"boto.auth.x": "def f(service):\n    if service.name == 's3': pass"}, "if it is S3"),
    (special_cases, {"boto.auth.x": "def f(name):\n    return name in ('sqs', 'sns')"},
     "if it is one of two"),
]  # fmt: skip
CHECKS = list(dict.fromkeys(check for check, _, _ in PLANTED))

# What looks like a violation and is none.
ALLOWED = [
    (floors, {"boto.session": "from boto.registry import registry\nC = 'boto.transport.driver:Connection'"}),
    (floors, {"boto.models.x": '"""Read by boto.parsers.xml."""'}),
    (floors, {"boto.auth.x": "if TYPE_CHECKING:\n    from boto.endpoints.base import Endpoint"}),
    (
        impure,
        {"boto.auth.x": "from time import gmtime, strftime\ndef f(t): return strftime('%Y', gmtime(t))"},
    ),
    (
        impure,
        {"boto.middleware.retry": "class Retry:\n    def bind(p): ...\n    def f():\n        import random"},
    ),
    (network, {"boto.calls.x": "if TYPE_CHECKING:\n    from socket import socket"}),
    (forgotten, {"boto.calls.x": FLOW + "yield from Sleep(1)\n    self.log()"}),
    (too_late, {"boto.calls.x": FLOW + "try:\n        yield from g()\n    finally:\n        self.done()"}),
    (
        too_late,
        {"boto.calls.x": FLOW + "try:\n        pass\n    except OSError:\n        yield from Sleep(1)"},
    ),
    (state, {"boto.calls.x": "TABLE = {'a': 1}\ndef f(table):\n    table['b'] = TABLE['a']"}),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_library_keeps_the_rule(check):
    assert check(HOUSE) == []


@pytest.mark.parametrize(
    ("check", "house", "what"), PLANTED, ids=[f"{c.__name__}-{w}" for c, _, w in PLANTED]
)
def test_a_planted_violation_is_seen(check, house, what):
    assert check(house) != []


@pytest.mark.parametrize(("check", "house"), ALLOWED)
def test_what_is_allowed_passes(check, house):
    assert check(house) == []


def test_the_tables_name_only_what_is_there():
    gone = [f"{module}.{name}" for module, name in STATE_ALLOWED if name not in HOUSE.get(module, name)]
    gone += [module for module in FILES_ALLOWED if module != "boto.cli" and module not in HOUSE]
    gone += [f"{module}: {word}" for module, word in CLOUDS_ALLOWED if word not in HOUSE[module]]
    assert gone == []
    assert {part_of(module) for module in HOUSE} <= {*FLOORS, SIDE}


# -- what is imported, and when -------------------------------------------------------------------------

HEAVY = {
    "requests", "urllib3", "lxml", "asyncio", "typing", "dataclasses",
    "json", "re", "enum", "functools", "logging",
    "datetime", "urllib", "socket", "ssl", "threading", "inspect",
    "email", "http", "subprocess", "tempfile", "random",
    "pathlib", "importlib.metadata", "importlib.resources", "configparser", "xmltodict",
    "jmespath", "decimal", "uuid",
}  # fmt: skip

TO_A_SIGNED_REQUEST = """
c = boto.connect_ec2("AKIDEXAMPLE", "secret", region="eu-west-1")
assert "Authorization" in c.prepare(c.request("DescribeKeyPairs", key_names=["a"])).headers
"""


def loaded_by(code: str) -> set[str]:
    """The modules that code loads in a fresh interpreter beyond those a bare one has."""
    source = (
        f"import sys\nbare = set(sys.modules)\nimport boto\n{code}\nprint(*sorted(set(sys.modules) - bare))"
    )
    environment = {
        "PYTHONPATH": str(ROOT.parent),
        "HOME": "/nonexistent",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    # Without `site`, whose .pth files may load anything before we start.
    done = subprocess.run(
        [sys.executable, "-S", "-c", source], env=environment, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def heavy(loaded: set[str]) -> list[str]:
    return sorted(name for name in loaded if belongs(name, HEAVY))


def test_import_boto_loads_next_to_nothing():
    assert loaded_by("") == {"__future__", "boto"}


def test_nothing_heavy_loads_on_the_way_to_a_signed_request():
    loaded = loaded_by(TO_A_SIGNED_REQUEST)
    foreign = sorted(name for name in loaded if not belongs(name, ["boto"]))
    print(f"\n{len(loaded) - len(foreign)} modules of ours, and {', '.join(foreign)}")
    assert heavy(loaded) == []


def test_connecting_loads_no_transport():
    assert not [name for name in loaded_by("boto.connect_ec2()") if belongs(name, ["boto.transport"])]


@pytest.mark.parametrize("module", sorted(HEAVY & {"json", "re", "typing", "logging", "asyncio", "datetime"}))
def test_a_planted_import_is_seen(module):
    assert module in heavy(loaded_by(f"import {module}"))
