"""Documents: descriptions that users bring at run time, from a file, a package or a dict.

What a document is shows in its own keys: an OpenAPI 3 or Swagger 2 document, or an AWS service model.
"""

from __future__ import annotations

from boto.models.description import Description

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def read(source: Any, name: str | None = None) -> Description:
    """The description for a dict, a path, `package:file`, or a Description as it is.

    Raises ConfigError when the file is not there, is no JSON, or is no description of a known kind.
    """
    if isinstance(source, Description):
        return source
    where = "the description"
    if not isinstance(source, dict):
        where = str(source)
        source = _parsed(_text(where), where)
    return Description(_source(source, where, name))


def _source(document: dict[str, Any], where: str, name: str | None) -> Any:
    if "openapi" in document or "swagger" in document:
        from boto.models.openapi import OpenAPIDocument

        return OpenAPIDocument(document, name)
    if "metadata" in document and "operations" in document:
        from boto.models.c2j import ServiceModel

        return ServiceModel(document)
    from boto.core.errors import ConfigError

    raise ConfigError(f"{where}: neither an OpenAPI 3 or Swagger 2 document nor an AWS service model")


def _text(where: str) -> str:
    from boto.core.errors import ConfigError

    package, mark, name = where.partition(":")
    try:
        if mark and package.replace(".", "_").isidentifier() and len(package) > 1:
            from importlib.resources import files

            return files(package).joinpath(name).read_text("utf-8")
        with open(where, encoding="utf-8") as file:
            return file.read()
    except (OSError, ImportError, TypeError, UnicodeDecodeError) as error:  # TypeError: no package, a module
        raise ConfigError(f"the description {where!r} cannot be read: {error}") from error


def _parsed(text: str, where: str) -> dict[str, Any]:
    import json

    from boto.core.errors import ConfigError

    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{where}: not JSON: {error}") from error
    if not isinstance(document, dict):
        raise ConfigError(f"{where}: must be a JSON object, not {type(document).__name__}")
    return document
