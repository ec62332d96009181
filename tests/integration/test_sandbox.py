"""`boto.testing.sandbox()` as users of the library have it: no option, no setting, nothing left behind."""

from __future__ import annotations

import asyncio
import os
import pickle
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

import boto
import boto.testing

if TYPE_CHECKING:
    from pathlib import Path


def test_code_that_knows_nothing_of_it_goes_there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".aws").mkdir()
    (home / ".aws/config").write_text(
        "[profile work]\nregion = ap-south-1\n"
        "[default]\nregion = sa-east-1\nignore_configured_endpoint_urls = true\nuse_fips_endpoint = true\n"
    )
    (home / ".aws/credentials").write_text(
        "[default]\naws_access_key_id = AKIAREAL\naws_secret_access_key = really\n"
    )
    monkeypatch.setenv("AWS_PROFILE", "work")
    monkeypatch.setenv("AWS_ENDPOINT_URL_EC2", "https://ec2.real.example")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "a real one")
    monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", "2001-01-01T00:00:00Z")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    before = dict(os.environ)
    with boto.testing.sandbox() as box:
        assert box.url in repr(box) and box.url.startswith("http://127.0.0.1:")
        c = boto.connect_ec2()
        assert repr(c) == f"<ec2 service, region us-east-1, endpoint {box.url}>"
        c.create_key_pair(key_name="key1")
        assert [one["key_name"] for one in boto.connect_ec2().describe_key_pairs()["key_pairs"]] == ["key1"]
        sent = c.prepare(c.request("describe_key_pairs"))
        assert "Credential=sandbox/" in sent.headers["authorization"]
        assert sent.headers.get("x-amz-security-token") is None
        box.reset()
        assert boto.connect_ec2().describe_key_pairs() == {"key_pairs": []}
        c.create_key_pair(key_name="left")
    assert dict(os.environ) == before
    with boto.testing.sandbox("eu-west-3") as box:
        c = boto.connect_ec2()
        assert c.region == "eu-west-3" and c.describe_key_pairs() == {"key_pairs": []}
        assert boto.connect_ec2(**box.options).region == "eu-west-3"


def test_its_threads_and_environment_end_with_the_block() -> None:
    before, threads = dict(os.environ), set(threading.enumerate())
    with pytest.raises(ZeroDivisionError), boto.testing.sandbox() as box:
        boto.connect_ec2().describe_regions()
        raise ZeroDivisionError
    assert dict(os.environ) == before
    for thread in set(threading.enumerate()) - threads:
        thread.join(10)
        assert not thread.is_alive()
    with pytest.raises(boto.ConnectFailed, match=box.url):
        boto.connect_ec2(retries=0, **box.options).describe_regions()


def test_boto3_goes_there_too() -> None:
    import boto3

    with boto.testing.sandbox():
        boto.connect_ec2().create_key_pair(key_name="key1")
        theirs = boto3.session.Session().client("ec2").describe_key_pairs()["KeyPairs"]
    assert [one["KeyName"] for one in theirs] == ["key1"]


def test_one_connection_many_threads(box: boto.testing.Sandbox) -> None:
    c = boto.connect_ec2(**box.options)
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                name = f"key{number}-{turn}"
                c.create_key_pair(key_name=name, key_type="ed25519")
                assert (
                    c.get_all_key_pairs([name])["describe_key_pairs_response"]["key_set"][0]["key_name"]
                    == name
                )
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(c.describe_key_pairs()["key_pairs"]) == 40
    c.close()


def test_many_calls_at_once_on_asyncio(box: boto.testing.Sandbox) -> None:
    async def main() -> Any:
        async with boto.aio.connect("ec2", **box.options) as c, boto.aio.connect("iam", **box.options) as iam:
            made = await asyncio.gather(
                *(c.create_key_pair(key_name=f"key{number}", key_type="ed25519") for number in range(20)),
                *(iam.create_user(user_name=f"user{number}") for number in range(20)),
            )
            pages = [page async for page in c.pages("describe_key_pairs")]
            return made, pages, await iam.list_users()

    made, pages, users = asyncio.run(main())
    assert len(made) == 40 and len(pages[0]["key_pairs"]) == 20 and len(users["users"]) == 20


def test_results_and_services_pickle(box: boto.testing.Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    c = boto.connect_ec2(**box.options)
    c.create_key_pair(key_name="key1")
    result = c.describe_key_pairs()
    copy = pickle.loads(pickle.dumps(result))
    assert copy == result and copy.metadata.request_id == result.metadata.request_id
    data = pickle.dumps(c)
    assert box.options["aws_secret_access_key"].encode() not in data
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "other")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "other")
    assert pickle.loads(data).describe_key_pairs() == result


def test_boto_json_writes_any_result(box: boto.testing.Sandbox) -> None:
    import json

    c = boto.connect_ec2(**box.options)
    c.run_instances(image_id="ami-12c6146b", min_count=1, max_count=1)
    for form in ("model", "wire", "source"):
        result = c.with_options(form=form).describe_instances()
        written = json.loads(boto.json.dumps(result))
        assert written.keys() == result.keys()
        assert f'"{datetime.now(UTC).year}-' in json.dumps(written)
