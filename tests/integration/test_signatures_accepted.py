"""A server that checks: moto as a process of its own, which verifies keys, signatures and policies.

Its first three calls are free, to make a user with a key; after them nobody is let in unasked.

moto checks the signature of a form it wrote anew from the fields it read, where AWS checks that of the bytes it
was sent. The two differ in how a space is written (`+` and `%20`, both right), so that no value here has one.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

import boto

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def policy(**statement: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, separators=(",", ":"))


ALLOWED = policy(Effect="Allow", Action=["ec2:Describe*", "iam:*", "sns:*", "sts:*"], Resource="*")
TRUST = policy(Effect="Allow", Action="sts:AssumeRole", Principal={"AWS": "*"})


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the server, which is ended by its id."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    log: Path = tmp_path_factory.mktemp("moto") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            env={**environment, "INITIAL_NO_AUTH_ACTION_COUNT": "3"},
            stdout=out,
            stderr=out,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(process, url, log)
        yield url
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{url}/moto-api/data.json", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def options(strict: str) -> dict[str, Any]:
    """The key of a user who may look at EC2, and do anything with IAM, SNS and STS."""
    common = {"endpoint_url": strict, "region": "us-east-1", "retries": 0}
    iam = boto.Session(aws_access_key_id="none", aws_secret_access_key="yet", **common).connect_to("iam")
    iam.create_user(user_name="ann")
    iam.put_user_policy(user_name="ann", policy_name="p", policy_document=ALLOWED)
    key = iam.create_access_key(user_name="ann")["access_key"]
    return {
        **common,
        "aws_access_key_id": key["access_key_id"],
        "aws_secret_access_key": key["secret_access_key"],
    }


def test_our_signatures_are_accepted(connect: Any, options: dict[str, Any]) -> None:
    ec2, iam, sns = (connect(name, **options) for name in ("ec2", "iam", "sns"))
    assert ec2.get_all_key_pairs()["describe_key_pairs_response"]["key_set"] == []
    ec2.describe_key_pairs(filters=[{"name": "tag:a+b/é", "values": ["*&=~'\"()!", "\n\t", "ü€😀"]}])
    assert connect("sts", **options).get_caller_identity()["arn"] == "arn:aws:iam::123456789012:user/ann"
    iam.create_user(user_name=connect.name, tags=[{"key": "q", "value": "a+b/c"}])
    assert connect.name in [one["user_name"] for one in connect.list(iam.pages("list_users").items())]
    topic = sns.create_topic(name=connect.name, attributes={"DisplayName": "é&more"})["topic_arn"]
    sns.delete_topic(topic_arn=topic)


def test_what_the_policy_does_not_allow(connect: Any, options: dict[str, Any]) -> None:
    c = connect("ec2", **options)
    with pytest.raises(boto.AccessDenied) as refused:
        c.create_key_pair(key_name="key1")
    assert refused.value.status == 403 and refused.value.code == "AccessDenied"
    assert refused.value.operation == "ec2.create_key_pair" and "ec2:CreateKeyPair" in refused.value.message


@pytest.mark.parametrize("service", ["ec2", "iam", "sns"])
def test_a_wrong_secret(connect: Any, options: dict[str, Any], service: str) -> None:
    wrong = options["aws_secret_access_key"][:-1] + (
        "a" if options["aws_secret_access_key"][-1] != "a" else "b"
    )
    c = connect(service, **{**options, "aws_secret_access_key": wrong})
    call = {"ec2": "describe_key_pairs", "iam": "list_users", "sns": "list_topics"}[service]
    with pytest.raises(boto.AccessDenied) as refused:
        c.call(call)
    assert refused.value.code in ("SignatureDoesNotMatch", "AuthFailure")
    assert wrong not in repr(refused.value) and wrong not in str(refused.value)


@pytest.mark.parametrize("service", ["ec2", "sts"])
def test_a_key_nobody_knows(connect: Any, options: dict[str, Any], service: str) -> None:
    c = connect(service, **{**options, "aws_access_key_id": "AKIA0123456789ABCDEF"})
    with pytest.raises(boto.AccessDenied) as refused:
        c.call({"ec2": "describe_key_pairs", "sts": "get_session_token"}[service])
    assert refused.value.code in ("AuthFailure", "InvalidClientTokenId", "InvalidAccessKeyId")


def test_keys_from_the_environment_and_from_a_profile(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    key, secret = options["aws_access_key_id"], options["aws_secret_access_key"]
    (home / ".aws").mkdir()
    (home / ".aws/credentials").write_text(
        f"[ann]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
    )
    monkeypatch.setenv("AWS_ENDPOINT_URL", options["endpoint_url"])
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    assert boto.connect_sts(profile="ann").get_caller_identity()["arn"].endswith(":user/ann")
    with pytest.raises(boto.NoCredentials):
        boto.connect_sts().get_caller_identity()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    assert boto.connect_sts().get_caller_identity()["arn"].endswith(":user/ann")
    (home / ".boto").write_text(
        f"[Credentials]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
    )
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.delenv("AWS_REGION")
    assert boto.Session().connect_to("sts").get_caller_identity()["arn"].endswith(":user/ann")


def test_assumed_roles_sign_with_their_token(connect: Any, options: dict[str, Any]) -> None:
    iam = connect("iam", **options)
    name = f"role-{connect.name}"
    arn = iam.create_role(role_name=name, assume_role_policy_document=TRUST)["role"]["arn"]
    iam.put_role_policy(role_name=name, policy_name="p", policy_document=ALLOWED)
    given = connect("sts", **options).assume_role(role_arn=arn, role_session_name="me")["credentials"]
    assumed = {
        **options,
        "aws_access_key_id": given["access_key_id"],
        "aws_secret_access_key": given["secret_access_key"],
        "aws_session_token": given["session_token"],
    }
    identity = connect("sts", **assumed).get_caller_identity()
    assert identity["arn"] == f"arn:aws:sts::123456789012:assumed-role/{name}/me"
    assert connect("ec2", **assumed).describe_key_pairs() == {"key_pairs": []}
