"""A small cloud of machines on a loopback port: what `openapi.json` beside this file describes.

with fog_server("secret") as fog:
    fog.url, fog.requests, fog.machines

It wants `Authorization: Bearer <token>` (401 otherwise), pages by absolute links (`links.pages.next`), and
tells failures as `{"id": ..., "message": ..., "request_id": ...}` with 401, 404, 422 and, when
`fog.throttle` is set to n, with 429 for the next n requests.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATES = ("new", "active", "off")


class Fog:
    """The state of the cloud, and what it was asked: `requests` has `(method, target, headers, body)`."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.url = ""
        self.machines: dict[str, dict[str, Any]] = {}
        self.images: dict[str, bytes] = {}
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.throttle = 0
        # The host that links to further pages name; empty for this server's own.
        self.link_base = ""
        self._made = 0
        self.lock = threading.Lock()

    def create(self, **fields: Any) -> dict[str, Any]:
        """A new machine, as POST /machines makes it."""
        self._made += 1
        machine = {
            "id": f"m-{self._made}",
            "state": "new",
            "createdAt": f"2026-11-01T00:00:{self._made % 60:02d}Z",
            **fields,
        }
        self.machines[machine["id"]] = machine
        return machine


class _Failure(Exception):
    def __init__(self, status: int, code: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"id": code, "message": message, **more}


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fog: Fog

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.fog.lock:
            self.fog.requests.append((self.command, self.path, dict(self.headers), body))
            number = len(self.fog.requests)
            try:
                status, answer = self._answer(body)
            except _Failure as failure:
                status, answer = failure.status, {**failure.body, "request_id": f"req-{number}"}
        self._send(status, answer, number)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - the names http.server looks for

    def _send(self, status: int, answer: Any, number: int) -> None:
        kind = "application/json"
        if isinstance(answer, bytes):
            content, kind = answer, "application/octet-stream"
        elif isinstance(answer, str):
            content, kind = answer.encode(), "text/plain"
        else:
            content = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("X-Request-Id", f"req-{number}")
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if status != 204:
            self.wfile.write(content)

    def _answer(self, body: bytes) -> tuple[int, Any]:
        url = urlsplit(self.path)
        if url.path == "/v1/ping":
            return 200, "pong"
        if self.headers.get("Authorization") != f"Bearer {self.fog.token}":
            raise _Failure(401, "unauthorized", "Unable to authenticate you")
        if self.fog.throttle:
            self.fog.throttle -= 1
            raise _Failure(429, "too_many_requests", "Too many requests")
        parts = [unquote(part) for part in url.path.split("/")[1:]]
        if parts[:2] != ["v1", "machines"] or len(parts) > 4:
            raise _Failure(404, "not_found", "No such place")
        if len(parts) == 2:
            return self._list(parse_qs(url.query)) if self.command == "GET" else self._create(body)
        machine = self.fog.machines.get(parts[2])
        if machine is None:
            raise _Failure(404, "not_found", f"The machine {parts[2]} does not exist")
        if len(parts) == 4:
            return self._image(parts[2], body)
        return self._machine(machine, body)

    def _list(self, query: dict[str, list[str]]) -> tuple[int, Any]:
        found = [
            machine
            for machine in self.fog.machines.values()
            if all(tag in machine.get("tags", ()) for tag in query.get("tag", ()))
            and ("state" not in query or machine["state"] in query["state"][0].split(","))
            and machine["createdAt"] > query.get("createdAfter", [""])[0]
        ]
        page, size = int(query.get("page", ["1"])[0]), int(query.get("per_page", ["2"])[0])
        links: dict[str, Any] = {}
        if page * size < len(found):
            base = self.fog.link_base or self.fog.url
            kept = "".join(f"&tag={tag}" for tag in query.get("tag", ()))
            links = {"pages": {"next": f"{base}/machines?page={page + 1}&per_page={size}{kept}"}}
        part = found[(page - 1) * size : page * size]
        return 200, {"machines": part, "links": links, "meta": {"total": len(found)}}

    def _create(self, body: bytes) -> tuple[int, Any]:
        try:
            fields = json.loads(body)
        except ValueError:
            raise _Failure(422, "unprocessable_entity", "The body is no JSON", badFields=[]) from None
        bad = [name for name in ("name", "size") if not fields.get(name)]
        if bad:
            raise _Failure(422, "unprocessable_entity", f"{bad[0]} is missing", badFields=bad)
        return 201, {"machine": self.fog.create(**fields)}

    def _machine(self, machine: dict[str, Any], body: bytes) -> tuple[int, Any]:
        if self.command == "DELETE":
            del self.fog.machines[machine["id"]]
            return 204, None
        if self.command == "PUT":
            machine.update(json.loads(body or b"{}"))
            return 200, {"machine": machine}
        wanted = self.headers.get("X-Fields")
        if wanted:
            machine = {name: machine[name] for name in wanted.split(",") if name in machine}
        elif machine["state"] == "new":
            # A machine becomes active after it was looked at once, which gives waiters something to wait for.
            answer = dict(machine)
            machine["state"] = "active"
            machine = answer
        return 200, {"machine": machine}

    def _image(self, machine: str, body: bytes) -> tuple[int, Any]:
        if self.command == "PUT":
            self.fog.images[machine] = body
            return 204, None
        if machine not in self.fog.images:
            raise _Failure(404, "not_found", "The machine has no image")
        return 200, self.fog.images[machine]


@contextmanager
def fog_server(token: str = "fog-token") -> Iterator[Fog]:
    """A running server; its `url` is the endpoint to call."""
    fog = Fog(token)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Exchange", (_Exchange,), {"fog": fog}))
    server.daemon_threads = True
    fog.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fog
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
