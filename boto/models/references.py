"""JSON references: finding what `{"$ref": "#/components/schemas/Droplet"}` stands for (RFC 6901)."""

from __future__ import annotations

from boto.core.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

    Node = dict[str, Any]

# A chain of references longer than this is a circle.
_HOPS = 32


def escaped(token: str) -> str:
    """A key as a JSON pointer spells it."""
    return token.replace("~", "~0").replace("/", "~1")


def last_name(pointer: str) -> str:
    """`Droplet` of `#/components/schemas/Droplet`."""
    return _unescaped(pointer.rpartition("/")[2])


def _unescaped(token: str) -> str:
    if "%" in token:
        from urllib.parse import unquote

        token = unquote(token)  # a pointer in a fragment is percent-encoded (RFC 6901, 6)
    return token.replace("~1", "/").replace("~0", "~")


class References:
    """The nodes of one document by their pointers."""

    __slots__ = ("document",)

    def __init__(self, document: Node) -> None:
        self.document: Final = document

    def find(self, pointer: str) -> Any:
        """The node at `#/a/b`; None when nothing is there, or when it is in another file."""
        if not pointer.startswith("#"):
            return None
        node: Any = self.document
        for token in pointer[1:].split("/")[1:]:
            key = _unescaped(token)
            if isinstance(node, dict) and key in node:
                node = node[key]
            elif isinstance(node, list) and key.isdigit() and int(key) < len(node):
                node = node[int(key)]
            else:
                return None
        return node

    def node(self, node: Any, where: str) -> Node:
        """What a node stands for: itself, or the end of its references. ConfigError when it is no object."""
        pointer = where
        for _ in range(_HOPS):
            if not isinstance(node, dict):
                raise ConfigError(f"the API description has no object at {pointer}")
            target = node.get("$ref")
            if not isinstance(target, str):
                return node
            found = self.find(target)
            if found is None:
                raise ConfigError(f"the API description refers at {pointer} to {target}, where nothing is")
            node, pointer = found, target
        raise ConfigError(f"the API description's references go in a circle at {where}")

    def soft(self, node: Any) -> Node:
        """The same for parts a call can do without: an empty object stands for what cannot be read."""
        try:
            return self.node(node, "")
        except ConfigError:
            return {}
