"""Presigned URLs: what is in them, for how long, and what is refused."""

from __future__ import annotations

import asyncio
import pickle
import warnings
from io import BytesIO
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.config import Config

import boto
import boto.aio

KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "wJalrXUtnFEMI/EXAMPLE"}
NOW = 1795258117.7


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> float:
    monkeypatch.setattr("boto.calls.presign.time", lambda: NOW)
    return NOW


def connect(service: str, **options: Any) -> Any:
    if "credentials" not in options:
        options = {**KEYS, **options}
    return boto.connect(service, **{"region": "eu-west-1", **options})


def fields(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query, keep_blank_values=True).items()}


def test_an_object_to_get(noon: float) -> None:
    url = connect("s3", aws_session_token="a/token+").presign(
        "get_object", {"bucket": "bucket", "key": "a b//c"}, expires_in=600
    )
    assert isinstance(url, str)
    assert url.startswith("https://bucket.s3.eu-west-1.amazonaws.com/a%20b//c?")
    found = fields(url)
    assert found.pop("X-Amz-Signature") != ""
    assert found == {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": "AKIDEXAMPLE/20261121/eu-west-1/s3/aws4_request",
        "X-Amz-Date": "20261121T104837Z",
        "X-Amz-Expires": "600",
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Security-Token": "a/token+",
    }
    assert (url.method, url.headers, url.body) == ("GET", {}, None)
    assert url.expires_at == int(noon) + 600


@pytest.mark.parametrize(
    ("service", "operation", "params"),
    [
        ("s3", "GetObject", {"Bucket": "bucket", "Key": "a b/../c", "ResponseContentType": "text/x"}),
        (
            "s3",
            "PutObject",
            {"Bucket": "bucket", "Key": "k", "Metadata": {"a": "1"}, "ContentType": "text/x"},
        ),
        ("s3", "UploadPart", {"Bucket": "bucket", "Key": "k", "PartNumber": 2, "UploadId": "u/1"}),
        ("s3", "HeadObject", {"Bucket": "a.bucket", "Key": "k"}),
        ("sts", "GetCallerIdentity", {}),
        ("sns", "Publish", {"TopicArn": "arn:aws:sns:eu-west-1:1:t", "Message": "a b+c&é"}),
        ("ec2", "DescribeKeyPairs", {"Filters": [{"Name": "key-name", "Values": ["a", "b"]}]}),
        ("lambda", "GetFunction", {"FunctionName": "f"}),
    ],
)
@pytest.mark.parametrize("token", [None, "a/token+"])
def test_the_same_request_as_boto3_presigns(
    service: str, operation: str, params: dict[str, Any], token: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore import auth, xform_name

    moment = auth.get_current_datetime()
    monkeypatch.setattr(auth, "get_current_datetime", lambda *_: moment)
    monkeypatch.setattr("boto.calls.presign.time", moment.timestamp)
    keys = {**KEYS, "aws_session_token": token}
    # boto3 would send S3 to a host for all regions, which redirects, unless told how to address buckets.
    config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"}) if service == "s3" else None
    theirs = boto3.session.Session(**keys, region_name="eu-west-1").client(service, config=config)
    want = theirs.generate_presigned_url(
        xform_name(operation), params, 60, "GET" if service in ("sts", "sns", "ec2") else None
    )
    url = connect(service, **keys).presign(operation, params, 60)
    assert urlsplit(url)[:3] == urlsplit(want)[:3]
    assert fields(url) == fields(want)


def test_what_goes_with_the_url() -> None:
    c = connect("s3")
    where = {"bucket": "bucket", "key": "k"}
    url = c.presign("put_object", {**where, "content_type": "text/plain", "metadata": {"a": "1"}})
    assert (url.method, url.body) == ("PUT", None)
    assert url.headers == {"Content-Type": "text/plain", "x-amz-meta-a": "1"}
    assert fields(url)["X-Amz-SignedHeaders"] == "content-type;host;x-amz-meta-a"
    assert c.presign("put_object", where).headers == {}
    body = BytesIO(b"later")
    assert c.presign("put_object", {**where, "body": body}).body is body
    removed = c.presign("delete_objects", {"bucket": "bucket", "delete": {"objects": [{"key": "k"}]}})
    assert b"<Key>k</Key>" in removed.body
    assert "x-amz-checksum-crc32" in {name.lower() for name in removed.headers}


def test_parameters_in_a_body_that_is_no_form_are_sent_with_it() -> None:
    url = connect("dynamodb").presign("describe_table", {"table_name": "t"})
    assert (url.method, url.body) == ("POST", b'{"TableName":"t"}')
    assert url.headers["X-Amz-Target"] == "DynamoDB_20120810.DescribeTable"


def test_listings_are_read_by_others_and_not_encoded_for_this_library() -> None:
    assert "encoding-type" not in fields(connect("s3").presign("list_objects_v2", {"bucket": "bucket"}))


def test_other_signers() -> None:
    found = fields(connect("sdb", signer="sigv2").presign("list_domains", expires_in=60))
    assert found["SignatureVersion"] == "2" and "Expires" in found and "Timestamp" not in found

    class Mine:
        def sign(self, request: Any, credentials: Any, scope: Any) -> Any:
            return request

    with pytest.raises(
        boto.BotoError, match="Mine, the signer of s3, cannot presign: it has no method presign"
    ):
        connect("s3", signer=Mine()).presign("list_buckets")
    with pytest.raises(boto.BotoError, match="is not signed: there is nothing to presign"):
        connect("s3", signer="none").presign("list_buckets")


@pytest.mark.parametrize("expires_in", [0, -1, 604801, 1.5, True, "60", None])
def test_a_time_that_no_url_holds(expires_in: Any) -> None:
    with pytest.raises(
        boto.ParameterError, match="is not a whole number of seconds from 1 to 604800"
    ) as caught:
        connect("sts").presign("get_caller_identity", expires_in=expires_in)
    assert caught.value.problems[0][0] == "expires_in"


@pytest.mark.parametrize("expires_in", [1, 604800])
def test_the_shortest_and_the_longest_time(expires_in: int) -> None:
    url = connect("sts").presign("get_caller_identity", {}, expires_in)
    assert fields(url)["X-Amz-Expires"] == str(expires_in)


def test_parameters_are_checked_and_names_are_known() -> None:
    c = connect("s3")
    with pytest.raises(boto.ParameterError, match="key"):
        c.presign("get_object", {"bucket": "bucket"})
    with pytest.raises(boto.UnknownOperation, match="get_object"):
        c.presign("get_objec", {})
    with pytest.raises(boto.BotoError, match="sends a stream of events"):
        connect("lexv2-runtime").presign("start_conversation")


def test_no_longer_than_the_credentials() -> None:
    ends = int(time()) + 1000
    c = connect("s3", credentials=boto.Credentials("AKIDEXAMPLE", "secret", "token", expires_at=ends))
    where = {"bucket": "bucket", "key": "k"}
    with pytest.warns(UserWarning, match="not 3600: the credentials that sign it expire then") as warned:
        url = c.presign("get_object", where)
    assert warned[0].filename == __file__
    assert url.expires_at == ends
    assert 900 < int(fields(url)["X-Amz-Expires"]) <= 1000
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert c.presign("get_object", where, 500).expires_at < ends
    over = connect("s3", credentials=boto.Credentials("AKIDEXAMPLE", "secret", expires_at=time() - 5))
    with pytest.raises(boto.NoCredentials, match="expired"):
        over.presign("get_object", where)


def test_nothing_of_the_proof_is_shown_but_the_text_is_whole() -> None:
    url = connect("s3", aws_session_token="a-token").presign("get_object", {"bucket": "bucket", "key": "k"})
    proof = fields(url)["X-Amz-Signature"]
    assert proof in str(url) and proof in f"{url}"
    assert proof not in repr(url) and "a-token" not in repr(url)
    copy = pickle.loads(pickle.dumps(url))
    assert (copy, copy.headers, copy.expires_at) == (url, url.headers, url.expires_at)


def test_on_asyncio() -> None:
    async def main() -> Any:
        async with boto.aio.connect_s3(**KEYS, region="eu-west-1") as c:
            return await c.presign("get_object", {"bucket": "bucket", "key": "k"}, expires_in=60)

    assert asyncio.run(main()).startswith("https://bucket.s3.eu-west-1.amazonaws.com/k?")


def test_no_request_is_sent_for_it() -> None:
    class Closed:
        def send(self, *_: Any) -> Any:
            raise AssertionError("sent")

        def close(self) -> None:
            pass

    c = connect("s3", connection=boto.Connection(transport=Closed()))  # type: ignore[arg-type]
    assert c.presign("get_object", {"bucket": "bucket", "key": "k"})
