"""Media types of bodies: which one to speak when a document offers several."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

JSON = "application/json"
FORM_DATA = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"
# A merge patch (RFC 7396) is an object that looks like the resource, a JSON patch (RFC 6902) a list of edits.
MERGE_PATCH = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"

_ORDER = (JSON, MERGE_PATCH)


def bare(media: str) -> str:
    """Without parameters, in small letters."""
    return media.partition(";")[0].strip().lower()


def is_json(media: str) -> bool:
    plain = bare(media)
    return plain == JSON or plain.endswith("+json") or plain in ("*/*", "application/*", "text/json")


def preferred(offered: Iterable[str]) -> str | None:
    """The best of the media types on offer; None when there are none."""
    known = [media for media in offered if isinstance(media, str)]
    for wanted in _ORDER:
        for media in known:
            if bare(media) == wanted:
                return media
    for media in known:
        if is_json(media):
            return media
    for wanted in (FORM_DATA, URLENCODED):
        for media in known:
            if bare(media) == wanted:
                return media
    return known[0] if known else None
