"""Swagger 2 operations in OpenAPI 3's words, one at a time; schemas and references stay as they are.

Swagger 2 keeps the body among the parameters (`in: body`, or one `in: formData` for each part), the media
types in `consumes` and `produces`, and a parameter's type on the parameter itself.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Node = dict[str, Any]

# What describes a parameter and not its type.
_OUTER = frozenset(("name", "in", "required", "description", "collectionFormat", "allowEmptyValue", "schema"))
_STYLES = {
    "csv": ("form", False), "ssv": ("spaceDelimited", False), "tsv": ("tabDelimited", False),
    "pipes": ("pipeDelimited", False), "multi": ("form", True),
}  # fmt: skip


def servers(document: Node) -> list[str]:
    """The base URLs that `schemes`, `host` and `basePath` amount to; none without a host."""
    host, base = document.get("host"), document.get("basePath", "")
    if not isinstance(host, str):
        return []
    schemes = [scheme for scheme in _strings(document.get("schemes")) if scheme in ("https", "http")]
    return [f"{scheme}://{host}{base}" for scheme in sorted(schemes or ["https"], reverse=True)]


def upgraded(operation: Node, parameters: list[Node], document: Node) -> tuple[list[Node], Node | None, Node]:
    """Parameters, request body and responses as OpenAPI 3 writes them."""
    consumes = _strings(operation.get("consumes", document.get("consumes"))) or ["application/json"]
    produces = _strings(operation.get("produces", document.get("produces"))) or ["application/json"]
    plain = [_parameter(each) for each in parameters if each.get("in") not in ("body", "formData")]
    responses = operation.get("responses")
    answers = {
        status: _response(answer, produces)
        for status, answer in (responses.items() if isinstance(responses, dict) else ())
    }
    return plain, _body(parameters, consumes), answers


def _strings(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _typed(parameter: Node) -> Node:
    schema = {word: value for word, value in parameter.items() if word not in _OUTER}
    if schema.get("type") == "file":
        schema.update(type="string", format="binary")
    return schema


def _parameter(parameter: Node) -> Node:
    style, explode = _STYLES.get(parameter.get("collectionFormat", "csv"), ("form", False))
    said: Node = {word: parameter[word] for word in ("name", "in", "required") if word in parameter}
    if parameter.get("in") == "query":
        said.update(style=style, explode=explode)
    return {**said, "schema": _typed(parameter)}


def _body(parameters: list[Node], consumes: list[str]) -> Node | None:
    for parameter in parameters:
        if parameter.get("in") == "body":
            schema = parameter.get("schema", {})
            return {
                "required": parameter.get("required") is True,
                "content": {media: {"schema": schema} for media in consumes},
            }
    fields = [each for each in parameters if each.get("in") == "formData"]
    if not fields:
        return None
    required = [field.get("name") for field in fields if field.get("required") is True]
    files = any(field.get("type") == "file" for field in fields)
    media = "multipart/form-data"
    if not files and media not in consumes:
        media = "application/x-www-form-urlencoded"
    schema = {
        "type": "object",
        "properties": {f.get("name"): _typed(f) for f in fields},
        "required": required,
    }
    return {"required": bool(required), "content": {media: {"schema": schema}}}


def _response(answer: Any, produces: list[str]) -> Any:
    if not isinstance(answer, dict) or "schema" not in answer:
        return answer
    return {**answer, "content": {media: {"schema": answer["schema"]} for media in produces}}
