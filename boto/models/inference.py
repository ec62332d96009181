"""How an operation pages, told from its parameters and its answer where a document does not say.

A rule applies only when the answer has the place it reads and the input has the parameter it sets:

    token         metadata.continue -> continue (Kubernetes), meta.links.next -> cursor (Vultr)
    link          links.pages.next (DigitalOcean), links.next: a URL to follow as it is
    link-header   a documented Link header (RFC 8288) beside a page parameter (GitHub)
    page          page and pages (Linode), result_info.page and .total_pages (Cloudflare) -> page; also a
                  mere list beside a page and a size parameter

For `page` the outputs are the number of this page and the number of pages, as far as they are told; without
the latter the end is a page with no items. What Vultr has at `meta.links.next` is no URL: only where the
document says that it is one is it a link.
"""

from __future__ import annotations

from boto.core.naming import snake
from boto.models.shapes import QUERY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Node = dict[str, Any]
    Row = list[Any]

# Where a token comes from, and the parameters it may go to, the most particular first.
_TOKENS = (
    ("metadata.continue", ("continue",)),
    ("result_info.cursors.after", ("cursor",)),
    ("result_info.cursor", ("cursor",)),
    ("meta.links.next", ("cursor",)),
    ("meta.next_cursor", ("cursor",)),
    ("nextPageToken", ("pageToken",)),
    ("next_page_token", ("page_token",)),
    ("result.continuation_token", ("continuation_token",)),
    ("next_marker", ("marker",)),
    ("nextToken", ("nextToken",)),
    ("next_token", ("next_token", "token")),
    ("nextCursor", ("cursor",)),
    ("next_cursor", ("cursor",)),
)
_LINKS = ("links.pages.next", "meta.links.next", "links.next", "_links.next.href", "next")
# The number of this page, and the number of pages.
_PAGES = (
    ("page", "pages"),
    ("result_info.page", "result_info.total_pages"),
    ("meta.pagination.page", "meta.pagination.last_page"),
    ("meta.page", "meta.pages"),
    ("current_page", "total_pages"),
)
_SIZES = ("limit", "per_page", "page_size", "pageSize", "size", "maxResults", "max_results")


def paging(record: Node, link_header: bool) -> Node | None:
    """The `Paging` facts of a record; None when it does not page as far as can be told."""
    rows: list[Row] = record["s"]
    queries = _queries(rows, record.get("i"))
    output = record["o"]
    facts = _token(rows, output, queries) or _link(rows, output)
    if (
        facts is None
        and link_header
        and not queries.keys().isdisjoint(("page", "per_page", "after", "since"))
    ):
        facts = {"kind": "link-header"}
    facts = facts or _page(rows, output, queries)
    if facts is None:
        return None
    items = _items(rows, output)
    if items:
        facts["items"] = items
    size = next((queries[name] for name in _SIZES if name in queries), None)
    if size is not None:
        facts["size"] = size
    return facts


def _queries(rows: list[Row], reference: Any) -> dict[str, str]:
    """Query parameters by their wire names: what the members are called."""
    if reference is None:
        return {}
    found = {}
    for name, member in rows[reference][2].items():
        if type(member) is list and len(member) > 2 and member[2] == QUERY:
            found[name if len(member) < 4 or member[3] is None else member[3]] = name
    return found


def _token(rows: list[Row], output: Any, queries: dict[str, str]) -> Node | None:
    for path, parameters in _TOKENS:
        for name in parameters:
            if name in queries and _at(rows, output, path) is not None:
                return {"kind": "token", "in": [queries[name]], "out": [_bare(path)]}
    return None


def _link(rows: list[Row], output: Any) -> Node | None:
    for path in _LINKS:
        row = _at(rows, output, path)
        if row is not None and _is_text(row) and (path != "meta.links.next" or _is_url(row)):
            return {"kind": "link", "out": [_bare(path)]}
    return None


def _page(rows: list[Row], output: Any, queries: dict[str, str]) -> Node | None:
    if "page" not in queries:
        return None
    for page, pages in _PAGES:
        if _at(rows, output, page) is not None:
            known = _at(rows, output, pages) is not None
            return {"kind": "page", "in": [queries["page"]], "out": [page, pages] if known else [page]}
    if _items(rows, output) and any(name in queries for name in _SIZES):
        return {"kind": "page", "in": [queries["page"]]}
    return None


def _row(rows: list[Row], reference: Any) -> Row:
    """The row of a reference; a scalar's code as a row of its own."""
    reference = reference[0] if type(reference) is list else reference
    return rows[reference] if type(reference) is int else ["V", "", reference]


def _at(rows: list[Row], reference: Any, path: str) -> Row | None:
    row = _row(rows, reference)
    for name in path.split("."):
        if row[0] != "S" or name not in row[2]:
            return None
        row = _row(rows, row[2][name])
    return row


def _is_text(row: Row) -> bool:
    return bool(row[0] == "V" and row[2] == "s")


def _is_url(row: Row) -> bool:
    return len(row) > 3 and row[3].get("format") in ("uri", "url", "uri-reference")


def _items(rows: list[Row], output: Any) -> list[str]:
    """The one list at the top of an answer, or below `result`; `@` when the answer is a list itself."""
    row = _row(rows, output)
    if row[0] == "L":
        return ["@"]
    if row[0] != "S":
        return []
    lists = [name for name, member in row[2].items() if _row(rows, member)[0] == "L"]
    # Cloudflare surrounds the result with lists of errors and messages.
    told = [name for name in lists if name not in ("errors", "messages", "warnings")]
    if len(told) == 1:
        return [_bare(told[0])]
    return ["result"] if "result" in told else []


def _bare(path: str) -> str:
    """A path as JMESPath writes it; a name that it cannot write bare is given as answers have it."""
    return ".".join(name if name.isidentifier() else snake(name) for name in path.split("."))
