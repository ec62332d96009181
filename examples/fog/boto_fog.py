"""A cloud nobody knows, as a provider package would ship it: one pure function that signs, and one class."""

import hashlib
import hmac

import boto


class FogSigner:
    """HMAC-SHA256 over method, URL, date and body, as Fog wants it."""

    def sign(self, request, credentials, scope):
        date = str(int(scope.time))
        text = f"{request.method}\n{request.url}\n{date}\n".encode() + (request.body or b"")
        proof = hmac.digest(credentials.secret_key.encode(), text, hashlib.sha256).hex()
        headers = {"X-Fog-Key": credentials.access_key, "X-Fog-Date": date, "X-Fog-Signature": proof}
        return request.replace(headers=request.headers.merged(headers))


class Fog(boto.Service):
    name, endpoint, signer = "fog", "https://api.{region}.fog.example", FogSigner()
    list_machines = boto.Operation("ListMachines", "GET", "/machines")
    start_machine = boto.Operation("StartMachine", "POST", "/machines/{id}/start")

    @boto.flow
    def start_all(self):
        stopped = yield from self.list_machines.steps(state="stopped")
        starts = [self.start_machine.steps(id=machine["id"]) for machine in stopped]
        return (yield from boto.steps.Gather(starts, limit=4))
