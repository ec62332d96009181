"""The two sides: a service as boto3 has it and as we have it, on a network that hands out what it is told to.

Both have the same region, credentials and tokens, and no settings of the machine. What each sends is kept in
`sent`; the answers are taken from `answers` in turn.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import boto3
import botocore.auth
import botocore.config
import botocore.exceptions
import botocore.loaders
import botocore.regions
import botocore.session
from botocore import xform_name
from botocore.awsrequest import AWSResponse
from botocore.eventstream import EventStream
from botocore.tokens import FrozenAuthToken
from urllib3 import HTTPResponse as Raw

import boto
from boto.calls.streams import Eventstream

REGION, ACCOUNT = "us-west-2", "123456789012"
KEYS = ("AKIDEXAMPLE", "wJalrXUtnFEMI/EXAMPLE")
TOKEN = "00000000-0000-4000-8000-000000000000"


class Sent:
    """One request, however it was made."""

    def __init__(self, method: str, url: str, headers: Any, body: Any) -> None:
        self.method, self.url = method, url
        self.headers = {
            name.lower(): value.decode() if isinstance(value, bytes) else str(value)
            for name, value in headers
        }
        if hasattr(body, "read"):
            body = body.read()
        self.body: bytes = body.encode() if isinstance(body, str) else bytes(body or b"")


def answered(side: Any, sent: Sent) -> Any:
    """The next answer. Who asks where to ask, beside what was called, is told; that is no call of its own."""
    if (
        sent.headers.get("x-amz-target", "").endswith(".DescribeEndpoints")
        and side.calling != "DescribeEndpoints"
    ):
        address = sent.url.partition("://")[2].rstrip("/")
        told = {"Endpoints": [{"Address": f"cell1-{address}", "CachePeriodInMinutes": 1440}]}
        return 200, {}, json.dumps(told).encode()
    side.sent.append(sent)
    return side.answers.pop(0) if len(side.answers) > 1 else side.answers[0]


class Loader(botocore.loaders.Loader):  # type: ignore[misc] - untyped
    """Models, with one protocol left where several are offered."""

    def __init__(self) -> None:
        super().__init__(include_default_search_paths=True)
        self.protocol: str | None = None

    def load_service_model(self, service_name: str, type_name: str, api_version: str | None = None) -> Any:
        model = super().load_service_model(service_name, type_name, api_version)
        if type_name == "service-2" and self.protocol is not None:
            model = {**model, "metadata": {**model["metadata"], "protocols": [self.protocol]}}
        return model


class Asymmetric(botocore.auth.SigV4Auth):  # type: ignore[misc] - untyped
    """Stands in for botocore's signer of SigV4a, which is a package of its own (awscrt): it says what it is."""

    def add_auth(self, request: Any) -> None:
        names = (
            f"AWS4-ECDSA-P256-SHA256 Credential=key/day/{self._region_name}/{self._service_name}/aws4_request"
        )
        request.headers["Authorization"] = names


# Services with endpoints that nothing but SigV4a is good for. Elsewhere botocore takes the next best, as we do.
ASYMMETRIC = ("cloudfront-keyvaluestore", "events", "sesv2")


def let_sign(name: str) -> None:
    botocore.regions.HAS_CRT = name in ASYMMETRIC
    botocore.auth.AUTH_TYPE_MAPS.pop("v4a", None)
    if name in ASYMMETRIC:
        botocore.auth.AUTH_TYPE_MAPS["v4a"] = Asymmetric


class Tokens:
    """Where a token is found."""

    def load_token(self, **_: Any) -> FrozenAuthToken:
        return FrozenAuthToken("a-token")


class Theirs:
    """A boto3 client, off the net."""

    errors = (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError)

    def __init__(self, name: str, protocol: str, bearer: bool = False) -> None:
        let_sign(name)
        core = botocore.session.Session()
        loader = Loader()
        loader.protocol = protocol
        core.register_component("data_loader", loader)
        if bearer:
            core.register_component("token_provider", Tokens())
        config = botocore.config.Config(
            retries={"total_max_attempts": 1}, account_id_endpoint_mode="preferred"
        )
        self.client: Any = boto3.Session(botocore_session=core).client(
            name, region_name=REGION, aws_access_key_id=KEYS[0], aws_secret_access_key=KEYS[1],
            aws_account_id=ACCOUNT, config=config,
        )  # fmt: skip
        self.client.meta.events.register("before-send", self._send)
        self.model = self.client.meta.service_model
        self.waiters = (
            {} if not self.client.waiter_names else loader.load_service_model(name, "waiters-2")["waiters"]
        )
        self.snake = {source: method for method, source in self.client.meta.method_to_api_mapping.items()}
        self.sent: list[Sent] = []
        self.answers: list[Any] = []
        self.calling = ""

    def _send(self, request: Any, **_: Any) -> Any:
        sent = Sent(request.method, request.url, request.headers.items(), request.body)
        status, headers, body = answered(self, sent)
        raw = Raw(BytesIO(body), headers=headers, status=status, preload_content=False)
        return AWSResponse(request.url, status, raw.headers, raw)

    def call(self, operation: str, params: dict[str, Any]) -> Any:
        self.calling = operation
        answer = dict(getattr(self.client, self.snake[operation])(**params))
        answer.pop("ResponseMetadata", None)
        return {name: read(value) for name, value in answer.items()}

    def pages(self, operation: str, params: dict[str, Any]) -> list[Any]:
        pages = self.client.get_paginator(self.snake[operation]).paginate(**params)
        return [{name: value for name, value in page.items() if name != "ResponseMetadata"} for page in pages]

    def wait(self, name: str, params: dict[str, Any]) -> str:
        try:
            self.client.get_waiter(xform_name(name)).wait(
                **params, WaiterConfig={"Delay": 0, "MaxAttempts": 1}
            )
        except botocore.exceptions.WaiterError as error:
            said = str(error).partition(" failed: ")[2]
            return next(state for words, state in _STATES.items() if said.startswith(words))
        return "success"


_STATES = {
    "Waiter encountered a terminal failure state": "failure",
    "An error occurred": "error",
    "Max attempts exceeded": "retry",
}


class Ours:
    """The same service of ours, off the net."""

    errors = (boto.BotoError,)

    def __init__(self, name: str, protocol: str, bearer: bool = False) -> None:
        keys = boto.Token("a-token") if bearer else boto.Credentials(*KEYS, account_id=ACCOUNT)
        self.service: Any = boto.Session().connect_to(
            name,
            region=REGION,
            credentials=keys,
            retries=0,
            form="source",
            connection=boto.Connection(transport=self),
        )
        if len(self.service.description.header["protocols"]) > 1:
            self.service.protocol = protocol
        self.sent: list[Sent] = []
        self.answers: list[Any] = []
        self.calling = ""

    def send(self, request: Any, stream: bool, timeout: float | None, scope: Any) -> Any:
        status, headers, body = answered(
            self, Sent(request.method, request.url, request.headers.items(), request.body)
        )
        return boto.HTTPResponse(status, headers, b"" if stream else body, BytesIO(body) if stream else None)

    def close(self) -> None:
        """Nothing is open."""

    def call(self, operation: str, params: dict[str, Any]) -> Any:
        self.calling = operation
        answer = self.service.call(operation, **params)
        return {name: read(value) for name, value in answer.items()}

    def pages(self, operation: str, params: dict[str, Any]) -> list[Any]:
        return [dict(page) for page in self.service.pages(operation, **params)]

    def wait(self, name: str, params: dict[str, Any]) -> str:
        try:
            self.service.waiter(xform_name(name), delay=0, max_attempts=1).wait(**params)
        except boto.WaiterError as error:
            return "failure" if ": failed" in str(error) else "retry"
        except boto.ServiceError:
            return "error"
        return "success"


def read(value: Any) -> Any:
    """What a streamed body holds, or a stream of events."""
    if isinstance(value, (EventStream, Eventstream)):
        return [dict(one) for one in value]
    return value.read() if hasattr(value, "read") else value
