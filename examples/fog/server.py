"""The cloud that `boto_fog` talks to: a few machines on a loopback port, behind a signature that is checked."""

import hashlib
import hmac
import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Fog(BaseHTTPRequestHandler):
    """Answers `GET /machines?state=...` and `POST /machines/<id>/start`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.is_signed(b""):
            state = self.path.partition("state=")[2]
            machines = [{"id": name, "state": now} for name, now in self.server.machines.items()]
            self.answer(200, [machine for machine in machines if state in ("", machine["state"])])

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.is_signed(body):
            name = self.path.split("/")[2]
            if name not in self.server.machines:
                self.answer(404, {"code": "NoSuchMachine", "message": f"there is no machine {name}"})
            else:
                self.server.machines[name] = "running"
                self.answer(200, {"id": name, "state": "running"})

    def is_signed(self, body):
        """Checks the signature as the cloud's documentation states it; answers 403 when it is wrong."""
        url = f"http://{self.headers['Host']}{self.path}"
        text = f"{self.command}\n{url}\n{self.headers.get('X-Fog-Date')}\n".encode() + body
        secret = self.server.keys.get(self.headers.get("X-Fog-Key"), "")
        proof = hmac.digest(secret.encode(), text, hashlib.sha256).hex()
        if secret and hmac.compare_digest(proof, self.headers.get("X-Fog-Signature") or ""):
            return True
        self.answer(403, {"code": "BadSignature", "message": "the signature does not match the request"})
        return False

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Request-Id", "fog-1")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Keeps quiet."""


@contextmanager
def fog_cloud(keys=None):
    """The URL of a running cloud; `keys` maps access keys to secrets."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Fog)
    server.daemon_threads = True
    server.keys = keys or {"fog-key": "fog-secret"}
    server.machines = {"m1": "stopped", "m2": "running", "m3": "stopped"}
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
