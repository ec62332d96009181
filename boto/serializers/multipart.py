"""multipart/form-data (RFC 7578): a form whose fields may be files."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Part:
    """One field of a form. A part with a file name is a file."""

    __slots__ = ("content", "content_type", "filename", "name")

    def __init__(
        self, name: str, content: bytes, filename: str | None = None, content_type: str | None = None
    ) -> None:
        self.name = name
        self.content = content
        self.filename = filename
        self.content_type = content_type


def encode(parts: Iterable[Part]) -> tuple[str, bytes]:
    """The Content-Type, which names the boundary, and the body.

    The boundary is a digest of the content: the same form gives the same bytes, and a boundary that
    occurred in its own content would be a fixed point of SHA-256.
    """
    from hashlib import sha256

    sections = [_head(part) + part.content for part in parts]
    digest = sha256(b"".join(sections))
    boundary = digest.hexdigest()[:40].encode("ascii")
    lines = [b"--%b\r\n%b\r\n" % (boundary, section) for section in sections]
    return (
        f"multipart/form-data; boundary={boundary.decode('ascii')}",
        b"".join(lines) + b"--%b--\r\n" % boundary,
    )


def _head(part: Part) -> bytes:
    head = f'Content-Disposition: form-data; name="{_quoted(part.name)}"'
    content_type = part.content_type
    if part.filename is not None:
        head += f'; filename="{_quoted(part.filename)}"'
        content_type = content_type or "application/octet-stream"
    if content_type:
        head += f"\r\nContent-Type: {content_type}"
    return f"{head}\r\n\r\n".encode()


def _quoted(text: str) -> str:
    # As browsers do it (WHATWG HTML, "multipart/form-data encoding algorithm").
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
