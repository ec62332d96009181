"""OpenAPI documents as a source of descriptions: OpenAPI 3.0 and 3.1, Swagger 2.

Opening one looks only at the names below `paths`. The record of an operation is made when it is asked for:
its parameters and the properties of its JSON body become the members of one input structure, the schema of
its success becomes the output, and how it pages is told from both (`inference`).

Beside the traits every protocol knows, a record has: `content` (media type of the body) and `contents` (all
it may have), `accept` (media type of the answer), `outputs` and `failures` (references by status, where an
answer's shape depends on it), `server` (a base URL of its own). A header's traits: `servers` as the document
writes them, `apikey` (where keys travel: `[{"in": "header", "name": "X-Api-Key"}]`).
"""

from __future__ import annotations

from boto.core.errors import ConfigError
from boto.core.naming import snake
from boto.models.references import References, escaped, last_name
from boto.models.schemas import Schemas

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Final

    from boto.models.schemarows import Rows

    Node = dict[str, Any]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# Best first: what a user most likely has when a document offers several.
_AUTH = ("bearer", "basic", "digest", "apikey", "none")


class OpenAPIDocument:
    """One OpenAPI document as a `Source`. ConfigError when it is not one."""

    __slots__ = ("_document", "_places", "_references", "_schemas", "header", "names")

    def __init__(self, document: Node, id: str | None = None) -> None:
        _check(document)
        self._document: Final = document
        self._references: Final = References(document)
        self._schemas: Final = Schemas(self._references)
        # The source's name of an operation -> its path and method.
        self._places: Final[dict[str, tuple[str, str]]] = {}
        self.names: Final[dict[str, str]] = {}
        self._name_operations()
        self.header: Final = self._header(id)

    def _name_operations(self) -> None:
        clashing = []
        for path, method, node in self._operations():
            said = node.get("operationId")
            name = said if isinstance(said, str) and any(map(str.isalnum, said)) else f"{method}{path}"
            if snake(name) in self.names or name in self._places:
                clashing.append((path, method))
            else:
                self._name(name, path, method)
        # The second operation of a name is called by its method and path.
        for path, method in clashing:
            name, count = f"{method}{path}", 1
            while snake(name) in self.names or name in self._places:
                count += 1
                name = f"{method}{path}/{count}"
            self._name(name, path, method)

    def _name(self, name: str, path: str, method: str) -> None:
        self.names[snake(name)] = name
        self._places[name] = (path, method)

    def _operations(self) -> Iterator[tuple[str, str, Node]]:
        for path, item in self._document["paths"].items():
            item = self._references.soft(item)  # noqa: PLW2901 - a path may be a reference itself
            for method in _METHODS:
                node = item.get(method)
                if isinstance(node, dict):
                    yield path, method, node

    def _header(self, name: str | None) -> Node:
        info = self._references.soft(self._document.get("info"))
        title = info.get("title") if isinstance(info.get("title"), str) else ""
        served, written = self._servers(self._document)
        schemes = self._schemes()
        required = self._alternatives(self._document.get("security"))
        auth = required if required is not None else [kind for kind, _ in schemes.values()]
        keys = [place for kind, place in schemes.values() if kind == "apikey"]
        traits: Node = {"servers": written} if written else {}
        if keys:
            traits["apikey"] = keys
        return {
            "id": name or _slug(title or "api"),
            "version": str(info.get("version", "")),
            "protocol": "rest",
            "title": title,
            "auth": _ordered(auth),
            "servers": served,
            "traits": traits,
        }

    def _servers(self, node: Node) -> tuple[list[str], list[Any]]:
        """Base URLs with the defaults of their variables filled in, and the servers as they are written."""
        if "swagger" in self._document:
            from boto.models.swagger import servers

            return servers(self._document), []
        written = node.get("servers")
        servers_ = [each for each in written if isinstance(each, dict)] if isinstance(written, list) else []
        return [_filled(each) for each in servers_ if isinstance(each.get("url"), str)], servers_

    def _schemes(self) -> dict[str, tuple[str, Node]]:
        """Each security scheme: the neutral name of its kind, and where a key travels."""
        components = self._references.soft(self._document.get("components"))
        schemes = components.get("securitySchemes") or self._document.get("securityDefinitions")
        if not isinstance(schemes, dict):
            return {}
        return {name: _scheme(self._references.soft(node)) for name, node in schemes.items()}

    def _alternatives(self, security: Any) -> list[str] | None:
        """The kinds of a `security` list; None when there is no such list."""
        if not isinstance(security, list):
            return None
        schemes = self._schemes()
        kinds = [
            schemes[name][0]
            for each in security
            if isinstance(each, dict)
            for name in each
            if name in schemes
        ]
        return kinds or ["none"]

    # One operation.

    def record(self, name: str) -> Node:
        """The record of the operation the document calls `name`."""
        from boto.models.schemarows import Rows

        path, method = self._places[name]
        item = self._references.node(self._document["paths"][path], f"#/paths/{escaped(path)}")
        node = item[method]
        where = f"#/paths/{escaped(path)}/{method}"
        parameters, body, responses = self._parts(item, node, where)
        rows = Rows(self._schemas)
        record: Node = {"n": name, "m": method.upper(), "u": path, "s": rows.rows}
        traits: Node = {}
        self._input(record, traits, rows, (path, parameters, body))
        self._output(record, traits, rows, responses)
        self._surroundings(traits, item, node)
        if method == "get" and "o" in record:
            from boto.models.inference import paging

            facts = paging(record, self._has_link_header(responses))
            if facts:
                record["p"] = facts
        if traits:
            record["t"] = traits
        return record

    def _parts(self, item: Node, node: Node, where: str) -> tuple[list[Node], Node | None, Node]:
        """The operation's parameters, body and responses, as OpenAPI 3 writes them."""
        merged: dict[tuple[str, str], Node] = {}
        for owner, place in ((item, where.rpartition("/")[0]), (node, where)):
            listed = owner.get("parameters")
            for index, entry in enumerate(listed if isinstance(listed, list) else ()):
                parameter = self._references.node(entry, f"{place}/parameters/{index}")
                if isinstance(parameter.get("name"), str) and isinstance(parameter.get("in"), str):
                    merged[parameter["in"], parameter["name"]] = parameter
        parameters = list(merged.values())
        responses = node.get("responses")
        answers = responses if isinstance(responses, dict) else {}
        if "swagger" in self._document:
            from boto.models.swagger import upgraded

            answers = {status: self._references.soft(answer) for status, answer in answers.items()}
            return upgraded({**node, "responses": answers}, parameters, self._document)
        body = node.get("requestBody")
        if body is None:
            return parameters, None, answers
        return parameters, self._references.node(body, f"{where}/requestBody"), answers

    def _input(
        self, record: Node, traits: Node, rows: Rows, parts: tuple[str, list[Node], Node | None]
    ) -> None:
        from boto.models.inputs import Inputs

        path, parameters, body = parts
        inputs = Inputs(rows, self._references)
        inputs.parameters(parameters)
        inputs.labels(path)
        if body is not None:
            traits.update(inputs.body(body))
        if inputs.members:
            shape = ["S", "", inputs.members]
            record["i"] = rows.add([*shape, inputs.traits] if inputs.traits else shape)

    def _output(self, record: Node, traits: Node, rows: Rows, responses: Node) -> None:
        from boto.models.outputs import Outputs

        rows.writing = False
        outputs = Outputs(rows, self._references)
        for status, answer in responses.items():
            outputs.answer(str(status), self._references.soft(answer))
        traits.update(outputs.traits())
        if outputs.success is not None:
            record["o"] = outputs.success
        names = [name for status, name in self._named_failures(responses) if name]
        if names:
            record["e"] = list(dict.fromkeys(names))

    def _surroundings(self, traits: Node, item: Node, node: Node) -> None:
        """What an operation says of servers and authentication in place of the document."""
        auth = self._alternatives(node.get("security"))
        if auth is not None and _ordered(auth) != self.header["auth"]:
            traits["auth"] = _ordered(auth)
        if node.get("deprecated") is True:
            traits["deprecated"] = True
        for owner in (node, item):
            if "servers" in owner and "swagger" not in self._document:
                served, _ = self._servers(owner)
                if served and served[0] not in self.header["servers"]:
                    traits["server"] = served[0]
                break

    def _has_link_header(self, responses: Node) -> bool:
        for status, answer in responses.items():
            headers = self._references.soft(answer).get("headers")
            if str(status).startswith("2") and isinstance(headers, dict):
                return any(str(name).lower() == "link" for name in headers)
        return False

    # Errors: the answers of failure that the document gives a name.

    def _named_failures(self, responses: Node) -> Iterator[tuple[int, str]]:
        for status, answer in responses.items():
            target = answer.get("$ref") if isinstance(answer, dict) else None
            digits = str(status)
            if isinstance(target, str) and digits.isdigit() and int(digits) >= 400:
                yield int(digits), last_name(target)

    def errors(self) -> Node:
        """Failures that are kept under a name in the document, with the status they come with."""
        from boto.models.outputs import Outputs
        from boto.models.schemarows import Rows

        rows = Rows(self._schemas)
        found: dict[str, Node] = {}
        for _, _, node in self._operations():
            said = node.get("responses")
            responses = said if isinstance(said, dict) else {}
            for status, name in self._named_failures(responses):
                if name in found:
                    continue
                found[name] = {"status": status}
                answer = self._references.soft(responses.get(str(status)))
                reference = Outputs(rows, self._references).reference(answer)
                if reference is not None:
                    found[name]["shape"] = reference
        return {"errors": found, "s": rows.rows}

    def waiters(self) -> Node:
        """OpenAPI knows no waiters."""
        return {}


def _check(document: Any) -> None:
    if not isinstance(document, dict):
        raise ConfigError("the API description is not a JSON object")
    version = document.get("openapi", document.get("swagger"))
    if version is None:
        raise ConfigError(
            "the API description has neither 'openapi' nor 'swagger' at its top: no OpenAPI document"
        )
    wanted = "3." if "openapi" in document else "2."
    if not str(version).startswith(wanted):
        key = "openapi" if "openapi" in document else "swagger"
        raise ConfigError(
            f"the API description says at #/{key} version {version!r}; 2.0, 3.0 and 3.1 are known"
        )
    if not isinstance(document.get("paths"), dict):
        raise ConfigError("the API description has no object at #/paths")
    for path in document["paths"]:
        if not isinstance(path, str):
            raise ConfigError(f"the API description has at #/paths a name that is no string: {path!r}")


def _slug(title: str) -> str:
    """`DigitalOcean API` -> `digitalocean`."""
    words = "".join(char if char.isalnum() else " " for char in title.lower()).split()
    if len(words) > 1 and words[-1] == "api":
        words.pop()
    return "-".join(words) or "api"


def _filled(server: Node) -> str:
    url = str(server["url"])
    variables = server.get("variables")
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        if isinstance(variable, dict) and isinstance(variable.get("default"), str):
            url = url.replace(f"{{{name}}}", variable["default"])
    return url


def _scheme(node: Node) -> tuple[str, Node]:
    kind = node.get("type")
    if kind == "http":
        scheme = str(node.get("scheme", "")).lower()
        return (scheme if scheme in ("basic", "digest") else "bearer"), {}
    if kind == "basic":
        return "basic", {}
    if kind == "apiKey":
        place = {"in": str(node.get("in", "header")), "name": str(node.get("name", ""))}
        # A key that travels as the Authorization header is a token: Kubernetes means "Bearer ...".
        if place["in"] == "header" and place["name"].lower() == "authorization":
            return "bearer", {}
        return "apikey", place
    return "bearer", {}  # oauth2 and openIdConnect end in a bearer token


def _ordered(kinds: list[str]) -> list[str]:
    return [kind for kind in _AUTH if kind in kinds]
