"""No secret shows: canaries go in by every way there is, and are looked for wherever a program may show things.

Ways in: arguments, a Session, the environment, files, a token, user and password, a proxy. What happens: a success,
an answer of failure, a network that fails, parameters and options that are wrong, on both drivers. Places: `repr`
and `str` of every object a program gets hold of, the text of errors, tracebacks with the local variables of our
frames, every logger at DEBUG, pickles.

A traceback's frames are ours where the code is; what a program's own frames hold is its own.
"""

import asyncio
import logging
import pickle
import socket
import traceback
from io import BytesIO
from pathlib import Path

import pytest
from requests.adapters import HTTPAdapter
from requests.models import Response as Answer
from urllib3.response import HTTPResponse as Raw

import boto
import boto.aio

ROOT = str(Path(boto.__file__).parent)

CANARY = "canary"  # in every secret, in this spelling
SECRET = f"{CANARY}-secret-0123456789"
KEYS = {"aws_access_key_id": "AKID0123456789", "aws_secret_access_key": SECRET}
FOUND = "<DescribeKeyPairsResponse><requestId>r1</requestId><keySet/></DescribeKeyPairsResponse>"
FAILED = """<Response><Errors><Error><Code>InvalidKeyPair.NotFound</Code><Message>no such key</Message></Error></Errors>
<RequestID>r2</RequestID></Response>"""


# -- where a secret could show ------------------------------------------------------------------------------------


class Shown:
    """Everything a program may show, by the place where it was found."""

    def __init__(self):
        self.places = []

    def text(self, place, text):
        self.places.append((place, text))

    def value(self, place, value):
        self.text(f"repr of {place}", repr(value))
        self.text(f"str of {place}", str(value))
        self.text(f"pickle of {place}", pickled(value))

    def error(self, error):
        """The error, its causes and contexts: words, attributes, and the locals of our frames."""
        seen = []
        while error is not None and error not in seen:
            seen.append(error)
            kind = type(error).__name__
            self.value(kind, error)
            self.text(f"attributes of {kind}", repr(vars(error)))
            for frame in frames(error):
                self.text(f"locals at {frame.filename}:{frame.lineno} {frame.name}", repr(frame.locals))
            error = error.__cause__ or error.__context__
        self.text("traceback", "".join(traceback.format_exception(seen[0])))

    def leaks(self, needle=CANARY):
        return [f"{place}: {text[:400]}" for place, text in self.places if needle in text]


def frames(error):
    summary = traceback.TracebackException.from_exception(error, capture_locals=True)
    return [frame for frame in summary.stack if frame.filename.startswith(ROOT)]


def pickled(value):
    try:
        return pickle.dumps(value).decode("latin-1")
    except (TypeError, pickle.PicklingError, AttributeError):
        return ""  # what cannot be pickled cannot be pickled with its secrets


@pytest.fixture
def shown(caplog):
    """Collects; at the end adds what was logged, and looks for canaries."""
    places = Shown()
    caplog.set_level(logging.DEBUG)
    for name in list(logging.Logger.manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    yield places
    for record in caplog.records:
        places.text(f"log of {record.name}", f"{record.getMessage()} {record.args!r}")
    assert places.places
    assert places.leaks() == []


# -- ways in ------------------------------------------------------------------------------------------------------

NETWORK = {
    "proxy_auth": ("user", SECRET),
    "basic_auth": ("user", SECRET),
    "proxies": {"https": f"http://user:{SECRET}@127.0.0.1:1"},
}


class Dew(boto.Service):
    """A service of tokens or passwords, by its signer."""

    name, endpoint = "dew", "https://127.0.0.1:1"
    describe_key_pairs = boto.Operation("DescribeKeyPairs", "GET", "/keys")


@pytest.fixture(scope="module", autouse=True)
def dew():
    boto.register(Dew, replace=True)


def options(way, environment, home):
    """What connect is told; the rest of the way is prepared."""
    if way == "environment":
        environment.setenv("AWS_ACCESS_KEY_ID", KEYS["aws_access_key_id"])
        environment.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        environment.setenv("AWS_SESSION_TOKEN", f"{CANARY}-token")
        return {}
    if way == "credentials file":
        (home / ".aws").mkdir()
        lines = (
            f"aws_access_key_id = AKID\naws_secret_access_key = {SECRET}\naws_session_token = {CANARY}-token"
        )
        (home / ".aws" / "credentials").write_text(f"[default]\n{lines}\n")
        return {}
    if way == "boto file":
        lines = f"aws_access_key_id = AKID\naws_secret_access_key = {SECRET}"
        (home / ".boto").write_text(f"[Credentials]\n{lines}\n")
        return {}
    return {
        "arguments": KEYS,
        "session token": {**KEYS, "aws_session_token": f"{CANARY}-token"},
        "credentials": {"credentials": boto.Credentials("AKID0123456789", SECRET, f"{CANARY}-token")},
        "proxy": {**KEYS, **NETWORK},
        "proxy pair as text": {**KEYS, "proxy_auth": f"user:{SECRET}", "basic_auth": f"user:{SECRET}"},
        "token": {"credentials": boto.Token(SECRET), "signer": "bearer"},
        "text for a token": {"credentials": SECRET, "signer": "bearer"},
        "password": {"credentials": ("user", SECRET), "signer": "basic"},
    }[way]


OF_AWS = ["arguments", "session token", "credentials", "environment", "credentials file", "boto file", "proxy",
          "proxy pair as text"]  # fmt: skip
OF_OTHERS = ["token", "text for a token", "password"]


@pytest.fixture
def home(monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    return tmp_path


@pytest.fixture(params=[*OF_AWS, *OF_OTHERS])
def way(request, monkeypatch, home):
    """(service name, options), with a canary in them or around them."""
    name = "dew" if request.param in OF_OTHERS else "ec2"
    return name, options(request.param, monkeypatch, home)


def session(kind, secrets):
    return kind(retries=0, connect_timeout=2, **secrets)


# -- what happens -------------------------------------------------------------------------------------------------


def answers(monkeypatch, status, body):
    """The network answers; gives the requests it got."""
    got = []

    def send(self, request, **how):
        got.append(request)
        answer = Answer()
        answer.status_code = status
        answer.headers["Content-Type"] = "text/xml" if body.startswith("<") else "application/json"
        answer.raw = Raw(BytesIO(body.encode()), status=status, preload_content=False)
        return answer

    monkeypatch.setattr(HTTPAdapter, "send", send)
    return got


def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def objects(service, operation):
    """What a program gets hold of around a service."""
    yield "session", service.session
    yield "service", service
    yield "connection", service.connection
    yield "network options", service.connection.options
    yield "settings", service._settings
    yield "credential cache", service.credentials
    yield "credential provider", service.credentials.provider
    yield "a method", getattr(service, operation)
    request = service.request(operation)
    yield "request", request
    yield "operation", request.operation


def perform(shown, service, operation="describe_key_pairs", **params):
    """Calls it, on whichever driver; gives the result, or shows the error."""
    try:
        result = getattr(service, operation)(**params)
        del params
        if hasattr(result, "__await__"):

            async def awaited():
                return await result

            result = asyncio.run(awaited())
    except boto.BotoError as error:
        shown.error(error)
        return error
    finally:
        for name, value in objects(service, operation):
            shown.value(name, value)
    shown.value("result", result)
    return result


@pytest.mark.parametrize("kind", [boto.Session, boto.aio.Session], ids=["blocking", "asyncio"])
class TestCalls:
    def test_a_success(self, shown, monkeypatch, way, kind):
        name, secrets = way
        got = answers(monkeypatch, 200, FOUND if name == "ec2" else "{}")
        service = session(kind, secrets).connect_to(name)
        result = perform(shown, service)
        assert isinstance(result, dict) and "Authorization" in got[0].headers
        shown.value("metadata", result.metadata)

    def test_an_answer_of_failure(self, shown, monkeypatch, way, kind):
        name, secrets = way
        answers(monkeypatch, 400, FAILED if name == "ec2" else '{"code": "X", "message": "no"}')
        service = session(kind, secrets).connect_to(name)
        assert isinstance(perform(shown, service), boto.ServiceError)

    def test_an_answer_nobody_can_read(self, shown, monkeypatch, way, kind):
        name, secrets = way
        answers(monkeypatch, 200, "<html>" if name == "ec2" else '{"a"')
        service = session(kind, secrets).connect_to(name)
        assert isinstance(perform(shown, service), boto.BadAnswer)

    def test_a_network_that_fails(self, shown, way, kind):
        name, secrets = way
        service = session(kind, secrets).connect_to(name, endpoint_url=f"https://127.0.0.1:{closed_port()}")
        assert isinstance(perform(shown, service), boto.ConnectFailed)

    def test_parameters_that_are_wrong(self, shown, home, kind):
        """The values of parameters are secrets, too: a password in the wrong place."""
        service = session(kind, KEYS).connect_to("iam")
        wrong = {"user_name": 1, "password": [SECRET], "pasword": SECRET}
        error = perform(shown, service, "create_login_profile", **wrong)
        assert isinstance(error, boto.ParameterError) and len(error.problems) == 3

    def test_options_that_are_wrong(self, shown, way, kind):
        name, secrets = way
        for make in (
            lambda: kind(regon="x", **secrets),
            lambda: kind(**secrets).connect_to(name, regon="x"),
            lambda: kind().connect_to(name, regon="x", **secrets),
            lambda: kind().connect_to("nowhere", **secrets),
            lambda: kind().connect_to(name, **secrets).with_options(regon="x"),
            lambda: kind().connect_to(name).with_options(regon="x", **secrets),
            lambda: kind().connect_to(name, form="json", **secrets),
        ):
            with pytest.raises(boto.BotoError) as caught:
                make()
            shown.error(caught.value)


@pytest.mark.parametrize("module", [boto, boto.aio], ids=["blocking", "asyncio"])
def test_the_functions_at_the_top(shown, home, module):
    for make in (
        lambda: module.connect("ec2", regon="x", **KEYS, **NETWORK),
        lambda: module.connect("nowhere", **KEYS, **NETWORK),
        lambda: module.connect_ec2("AKID0123456789", SECRET, regon="x", **NETWORK),
        lambda: module.connect_ec2(form="json", **KEYS, **NETWORK),
        lambda: module.connect(**KEYS, **NETWORK),
    ):
        with pytest.raises(boto.BotoError) as caught:
            make()
        shown.error(caught.value)


@pytest.mark.parametrize(
    "half",
    [{"aws_secret_access_key": SECRET}, {"aws_session_token": SECRET}, {**KEYS, "credentials": SECRET}],
)
def test_credentials_that_do_not_fit_together(shown, home, half):
    service = session(boto.Session, half).connect_to("ec2")
    with pytest.raises(boto.BotoError) as caught:
        service.describe_key_pairs()
    shown.error(caught.value)


@pytest.mark.parametrize("signer", ["sigv4", "sigv2", "bearer", "basic"])
@pytest.mark.parametrize(
    "wrong", [(SECRET,), {"secret": SECRET}, boto.Credentials("a:b", SECRET), boto.Token(f"{SECRET}\n")]
)
def test_credentials_that_no_signer_understands(shown, home, monkeypatch, signer, wrong):
    answers(monkeypatch, 200, FOUND)
    service = session(boto.Session, {"credentials": wrong, "signer": signer}).connect_to("ec2")
    perform(shown, service)


@pytest.mark.parametrize(
    "wrong",
    [{"proxy_auth": SECRET}, {"basic_auth": SECRET}, {"proxies": {"https": f"user:{SECRET}@127.0.0.1:1"}}],
)
def test_a_connection_that_cannot_be_made(shown, wrong):
    with pytest.raises(boto.BotoError) as caught:
        boto.Connection(**wrong).run(iter_nothing(boto.HTTPRequest("GET", "https://127.0.0.1:1/")))
    shown.error(caught.value)


def iter_nothing(request):
    return (yield from boto.steps.Send(request))


def test_messages_hide_what_they_carry(shown):
    request = boto.HTTPRequest(
        "GET",
        f"https://user:{SECRET}@h/?X-Amz-Signature={SECRET}&token={SECRET}&a=b",
        {"Authorization": SECRET, "X-Auth-Token": SECRET, "Cookie": SECRET, "X-Fog-Signature": SECRET},
    )
    answer = boto.HTTPResponse(200, {"Set-Cookie": SECRET})
    for value in (request, request.headers, answer, answer.headers, boto.steps.Send(request)):
        shown.text("repr", repr(value))
        shown.text("str", str(value))
    for value in (boto.Credentials("AKID", SECRET, SECRET), boto.Token(SECRET)):
        shown.value(type(value).__name__, value)
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(value)
    assert "a=b" in repr(request)


# -- that a leak would be seen ------------------------------------------------------------------------------------


class Leaky(boto.BotoError):
    pass


def plant(place, caplog):
    shown = Shown()
    if place == "log":
        logging.getLogger("boto").debug("got %s", SECRET)
        shown.text("log", caplog.records[-1].getMessage())
    elif place == "repr":
        shown.value("value", [SECRET])
    elif place == "pickle":
        value = Leaky("fine")
        value.fields = SECRET
        shown.value("error", value)
    elif place == "text":
        shown.error(Leaky(f"wrong: {SECRET}"))
    elif place == "cause":
        try:
            raise Leaky("fine") from ValueError(SECRET)
        except Leaky as error:
            shown.error(error)
    else:
        code = compile("def f(secret):\n    raise Leaky('fine')\n", f"{ROOT}/planted.py", "exec")
        names = {"Leaky": Leaky}
        exec(code, names)
        try:
            names["f"](SECRET)
        except Leaky as error:
            shown.error(error)
    return shown


@pytest.mark.parametrize("place", ["log", "repr", "pickle", "text", "cause", "locals"])
def test_a_planted_leak_is_seen(place, caplog):
    caplog.set_level(logging.DEBUG)
    assert plant(place, caplog).leaks() != []
