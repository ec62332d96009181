"""Clouds that are not AWS: hand-written services, signers, descriptions, entry points, on both drivers."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import boto
from boto.models.documents import read
from boto.registry import Registry
from tests.fog.server import fog_server

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples" / "fog"
DOCUMENT = ROOT / "tests" / "fog" / "openapi.json"


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The provider of the examples, registered, and its cloud's URL."""
    import boto.registry

    monkeypatch.syspath_prepend(str(EXAMPLES))
    monkeypatch.setattr(boto.registry, "registry", Registry())
    monkeypatch.setattr("boto.session.registry", boto.registry.registry)
    from boto_fog import Fog  # type: ignore[import-not-found] - on the path that was just added
    from server import fog_cloud  # type: ignore[import-not-found] - as above

    boto.registry.registry.register(Fog)
    session = boto.Session(registry=boto.registry.registry)
    with fog_cloud({"fog-key": "fog-secret"}) as url:
        yield session, url


KEYS = boto.Credentials("fog-key", "fog-secret")


def test_the_example_is_under_thirty_lines_of_code() -> None:
    lines = (EXAMPLES / "boto_fog.py").read_text().splitlines()
    assert len([line for line in lines if line.strip()]) < 30


def test_a_provider_in_one_class_and_one_function(example: Any) -> None:
    session, url = example
    with session.connect_to("fog", endpoint_url=url, credentials=KEYS) as c:
        assert repr(c) == f"<fog service, no region, endpoint {url}>"
        assert c.list_machines(state="running") == [{"id": "m2", "state": "running"}]
        assert c.list_machines().metadata.request_id == "fog-1"
        assert c.start_machine(id="m1") == {"id": "m1", "state": "running"}
        assert c.start_all() == [{"id": "m3", "state": "running"}]
        assert c.call("ListMachines")[0]["id"] == "m1"
        with pytest.raises(boto.NotFound, match="no machine m9"):
            c.start_machine(id="m9")
        with pytest.raises(boto.ParameterError, match="id: required by the path"):
            c.start_machine()
        assert {"list_machines", "start_machine", "start_all"} <= set(dir(c))


def test_the_same_provider_on_asyncio(example: Any) -> None:
    session, url = example

    async def run() -> None:
        aio = boto.aio.Session(registry=session.registry)
        async with aio.connect_to("fog", endpoint_url=url, credentials=KEYS) as c:
            assert await c.list_machines(state="running") == [{"id": "m2", "state": "running"}]
            assert [machine["id"] for machine in await c.start_all()] == ["m1", "m3"]
            with pytest.raises(boto.NotFound):
                await c.start_machine(id="m9")

    asyncio.run(run())


def test_the_signature_is_checked(example: Any) -> None:
    session, url = example
    wrong = session.connect_to("fog", endpoint_url=url, credentials=boto.Credentials("fog-key", "wrong"))
    with pytest.raises(boto.AccessDenied, match="BadSignature"):
        wrong.list_machines()
    with pytest.raises(boto.NoCredentials, match="credentials= was not given"):
        session.connect_to("fog", endpoint_url=url).list_machines()


def test_a_region_in_the_endpoint(example: Any) -> None:
    session, _ = example
    c = session.connect_to("fog", region="eu", credentials=KEYS)
    assert repr(c) == "<fog service, region eu, endpoint https://api.eu.fog.example>"
    assert c.prepare(c.request("ListMachines")).url == "https://api.eu.fog.example/machines"
    with pytest.raises(boto.NoRegion):
        session.connect_to("fog", credentials=KEYS).list_machines()


def test_settings_of_aws_are_not_anothers(example: Any, keys: None, monkeypatch: pytest.MonkeyPatch) -> None:
    session, url = example
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:1")
    c = session.connect_to("fog", credentials=KEYS)
    assert c.region is None and "localhost" not in repr(c)
    with pytest.raises(boto.NoCredentials):
        session.connect_to("fog", endpoint_url=url).list_machines()


def test_names_are_taken_once() -> None:
    registry = Registry()

    class Mist(boto.Service):  # type: ignore[type-arg]
        name, endpoint = "mist", "https://mist.example"

    class Other(boto.Service):  # type: ignore[type-arg]
        name, endpoint = "mist", "https://other.example"

    class EC2(boto.Service):  # type: ignore[type-arg]
        name = "ec2"

    assert registry.register(Mist) is Mist
    with pytest.raises(boto.ConfigError, match="replace=True"):
        registry.register(Other)
    with pytest.raises(boto.ConfigError, match="'ec2' is there already"):
        registry.register(EC2)
    assert registry.service("mist").endpoint == "https://mist.example"
    registry.register(Other, replace=True)
    assert registry.service("mist").endpoint == "https://other.example"
    with pytest.raises(boto.ConfigError, match="has no name"):
        registry.register(object())


def test_what_takes_a_name_has_it_in_every_spelling() -> None:
    registry = Registry()

    class Old(boto.Service):  # type: ignore[type-arg]
        name, endpoint = "mist-net", "https://old.example"

    class New(boto.Service):  # type: ignore[type-arg]
        name, endpoint = "mist-net", "https://new.example"

    registry.register(Old)
    assert registry.service("mist_net") is registry.service("mist-net")
    registry.register(New, replace=True)
    assert registry.service("mist_net").endpoint == "https://new.example"
    assert registry.service("mist_net") is registry.service("mist-net")


def test_services_of_one_name_are_told_apart() -> None:
    class Cloud(boto.Provider):
        def __init__(self, name: str) -> None:
            self.name = name

        def services(self) -> list[str]:
            return ["compute"]

        def describe(self, name: str) -> Any:
            return read({"openapi": "3.0.0", "info": {"title": self.name, "version": "1"}, "paths": {}})

    class Compute(boto.Service):  # type: ignore[type-arg]
        name, endpoint = "compute", "https://compute.example"

    registry = Registry()
    for cloud in ("mist", "dew"):
        registry.register(Cloud(cloud))
    mist, dew = registry.service("mist:compute"), registry.service("dew:compute")
    assert (mist.provider.name, dew.provider.name) == ("mist", "dew")
    assert registry.service("compute") is mist, "the provider that came first"
    registry.register(Compute, replace=True)
    assert registry.service("compute").endpoint == "https://compute.example"
    assert registry.service("dew:compute") is dew
    registry.register(Cloud("dew"), replace=True)
    assert registry.service("dew:compute") is not dew
    assert registry.service("mist:compute") is mist


def test_services_may_inherit_their_operations() -> None:
    class Weather(boto.Service):  # type: ignore[type-arg]
        look = boto.Operation("Look", "GET", "/look")
        leave = boto.Operation("Leave", "POST", "/leave")

    class Mist(Weather):
        name, endpoint = "mist", "https://mist.example"

    class Dew(Weather):
        name, endpoint = "dew", "https://dew.example"
        leave = boto.Operation("Leave", "DELETE", "/")

    registry = Registry()
    registry.register(Mist)
    registry.register(Dew)
    session = boto.Session(registry=registry)
    for _ in range(2):
        for name in ("mist", "dew"):
            c = session.connect_to(name)
            assert c.operation(Weather.look).description.id == name
            assert list(c.operations) == ["look", "leave"]
            assert c.prepare(c.request("Look")).url == f"https://{name}.example/look"
    assert c.prepare(c.request("leave")).method == "DELETE"


def test_signers_by_name() -> None:
    class Loud:
        def sign(self, request: Any, credentials: Any, scope: Any) -> Any:
            return request.replace(headers=request.headers.merged({"X-Who": credentials}))

    class Mist(boto.Service):  # type: ignore[type-arg]
        name, endpoint, signer = "mist", "https://mist.example", "loud"
        look = boto.Operation("Look", "GET", "/look/{where}")

    registry = Registry()
    registry.register(Mist)
    registry.register_signer("loud", Loud())
    with pytest.raises(boto.ConfigError, match="a signer called 'loud' is there already"):
        registry.register_signer("loud", Loud())
    c = boto.Session(registry=registry).connect_to("mist", credentials="me")
    prepared = c.prepare(c.request(Mist.look, where="a/b", deep=True))
    assert prepared.headers["x-who"] == "me"
    assert prepared.url == "https://mist.example/look/a%2Fb?deep=true"


def test_a_signer_can_sign() -> None:
    for signer in (5, object()):
        with pytest.raises(boto.ConfigError, match="a signer must have sign"):
            boto.register_signer("no-signer", signer)
        with pytest.raises(boto.ConfigError, match="a signer must have sign"):
            boto.connect_ec2("AK", "SK", region="eu-west-1", signer=signer).describe_key_pairs()


def test_a_service_nobody_signs_for() -> None:
    class Mist(boto.Service):  # type: ignore[type-arg]
        name, endpoint = "mist", "https://mist.example/base/"
        put = boto.Operation("Put", "PUT", "/things/{path+}")

    registry = Registry()
    registry.register(Mist)
    c = boto.Session(registry=registry).connect_to("mist")
    prepared = c.prepare(c.request("Put", path="a/b", size=3))
    assert prepared.url == "https://mist.example/base/things/a/b" and prepared.body == b'{"size": 3}'
    assert "authorization" not in prepared.headers


def test_an_entry_point_is_found_without_being_imported(tmp_path: Path) -> None:
    info = tmp_path / "boto_fog-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: boto-fog\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[boto.services]\nfog = boto_fog:Fog\n")
    (tmp_path / "boto_fog.py").write_text((EXAMPLES / "boto_fog.py").read_text() + "\n\nboto.register(Fog)\n")
    program = """
import sys, boto
assert "fog" in boto.list_services() and "boto_fog" not in sys.modules
c = boto.connect_fog(region="eu", credentials=boto.Credentials("a", "b"))
assert "boto_fog" in sys.modules and type(c).__name__ == "Fog"
print(c)
"""
    path = f"{tmp_path}:{ROOT}"
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, env={"PYTHONPATH": path}, capture_output=True, text=True
    )
    assert done.stdout == "<fog service, region eu, endpoint https://api.eu.fog.example>\n", done.stderr


@pytest.mark.parametrize("source", ["path", "dict"])
def test_an_openapi_document_is_a_service(source: str) -> None:
    import json

    description: Any = str(DOCUMENT) if source == "path" else json.loads(DOCUMENT.read_text())
    with fog_server("t0ken") as fog:
        c = boto.connect(
            description=description, endpoint_url=fog.url, credentials=boto.Token("t0ken"), retries=0
        )
        made = [c.machines_create(name=f"m{number}", size={"vcpus": 1}) for number in range(5)]
        assert "machines_create" in dir(c) and made[0]["machine"]["name"] == "m0"
        pages = list(c.pages("machines_list", per_page=2))
        assert [len(page["machines"]) for page in pages] == [2, 2, 1]
        items = c.pages("machines_list", per_page=2)
        assert [item["name"] for item in items.items(limit=3)] == ["m0", "m1", "m2"]
        rest = c.pages("machines_list", per_page=2).items(start=items.token)
        assert [item["name"] for item in rest] == ["m3", "m4"]
        with pytest.raises(boto.NotFound) as caught:
            c.machines_get(id="nothing")
        assert caught.value.status == 404 and caught.value.request_id
        with pytest.raises(boto.ParameterError, match="name: required"):
            c.machines_create(size={"vcpus": 1})
        with pytest.raises(boto.AccessDenied):
            c.with_options(credentials=boto.Token("wrong")).machines_list()
        fog.throttle = 1
        c.with_options(retries=2).machines_list()


def test_a_link_to_another_host_is_not_followed() -> None:
    with fog_server("t0ken") as fog:
        c = boto.connect(description=str(DOCUMENT), endpoint_url=fog.url, credentials=boto.Token("t0ken"))
        for number in range(3):
            c.machines_create(name=f"m{number}", size={"vcpus": 1})
        fog.link_base = "http://elsewhere.example"
        with pytest.raises(boto.BadAnswer, match="another host"):
            list(c.pages("machines_list", per_page=2))


def test_an_openapi_document_on_asyncio() -> None:
    async def run(url: str) -> None:
        token = boto.Token("t0ken")
        async with boto.aio.connect(description=str(DOCUMENT), endpoint_url=url, credentials=token) as c:
            await c.machines_create(name="m0", size={"vcpus": 1})
            assert [item["name"] async for item in c.pages("machines_list").items()] == ["m0"]

    with fog_server("t0ken") as fog:
        asyncio.run(run(fog.url))


@pytest.mark.parametrize(
    ("description", "said"),
    [
        ("nowhere.json", "cannot be read"),
        ("no_such_package:openapi.json", "cannot be read"),
        ({"hello": 1}, "neither an OpenAPI"),
        ("this:openapi.json", "cannot be read"),
        ("boto.json:openapi.json", "cannot be read"),
        (sys.executable, "cannot be read"),
        (str(ROOT / "README.md"), "not JSON"),
        (None, "needs the name of a service"),
    ],
)
def test_what_is_no_description(description: Any, said: str) -> None:
    with pytest.raises(boto.ConfigError, match=said):
        boto.connect(description=description)


def test_a_description_that_never_ends(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text("[" * 200_000)
    with pytest.raises(boto.ConfigError, match="not JSON"):
        boto.connect(description=str(path))


def test_a_bare_aws_model_is_a_service(keys: None) -> None:
    model = {
        "metadata": {"apiVersion": "2020-01-01", "protocol": "query", "serviceId": "Mini", "endpointPrefix": "mini",
                     "signatureVersion": "v4"},
        "operations": {"GetIt": {"name": "GetIt", "http": {"method": "POST", "requestUri": "/"},
                                 "input": {"shape": "In"}}},
        "shapes": {"In": {"type": "structure", "members": {"Name": {"shape": "Text"}}}, "Text": {"type": "string"}},
    }  # fmt: skip
    c = boto.connect(
        description=model, endpoint_url="https://mini.example", credentials=boto.Credentials("a", "b")
    )
    prepared = c.prepare(c.request("get_it", name="x"))
    assert prepared.body == b"Action=GetIt&Version=2020-01-01&Name=x"
    assert "Credential=a/" in prepared.headers["authorization"]


def test_a_server_with_a_region_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    server = {
        "url": "https://{region}.things.example/{version}",
        "variables": {"region": {"default": "us"}, "version": {"default": "v1"}},
    }
    listed = {"operationId": "list", "responses": {"204": {"description": ""}}}
    document = {
        "openapi": "3.0.3", "info": {"title": "things", "version": "1"}, "servers": [server],
        "paths": {"/things": {"get": listed}},
    }  # fmt: skip
    for options, host in (({}, "us"), ({"region": "eu"}, "eu")):
        c = boto.connect(description=document, **options)
        assert c.prepare(c.request("list")).url == f"https://{host}.things.example/v1/things"


def test_values_of_options_are_checked_when_connecting() -> None:
    for option, said in (
        ({"timeout": "soon"}, "seconds"),
        ({"retries": -1}, "whole number"),
        ({"form": "xml"}, "model"),
    ):
        with pytest.raises(boto.ConfigError, match=said):
            boto.connect_ec2(**option)
    with pytest.raises(boto.UnknownOption):
        boto.Session(description="openapi.json")
