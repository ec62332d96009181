"""What is special about S3 and S3 Control, over a transport that is no network."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest

import boto
from boto.core.errors import BadAnswer
from boto.services.aws.s3 import copy_source

KEY = b"0123456789abcdef0123456789abcdef"


class Net:
    """Answers in turn, and keeps what was sent."""

    def __init__(self, *answers: boto.HTTPResponse) -> None:
        self.answers = list(answers)
        self.sent: list[boto.HTTPRequest] = []
        self.bodies: list[bytes] = []

    def send(self, request: Any, stream: bool, timeout: Any, scope: Any) -> boto.HTTPResponse:
        self.sent.append(request)
        body = request.body
        self.bodies.append(body.read() if hasattr(body, "read") else body or b"")
        found = self.answers.pop(0) if self.answers else boto.HTTPResponse(200)
        if stream:
            return boto.HTTPResponse(found.status, found.headers, b"", BytesIO(found.body))
        return found

    def close(self) -> None:
        pass


def connect(net: Net, service: str = "s3", **options: Any) -> Any:
    keys = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
    return boto.connect(
        service, **{"region": "eu-west-1", "connection": boto.Connection(transport=net), **keys, **options}
    )


def error(code: str, status: int, inside: str = "", **headers: str) -> boto.HTTPResponse:
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>no</Message>{inside}</Error>'
    return boto.HTTPResponse(
        status, {name.replace("_", "-"): text for name, text in headers.items()}, body.encode()
    )


def crc32(data: bytes) -> str:
    return b64encode(zlib.crc32(data).to_bytes(4, "big")).decode()


# -- addresses


@pytest.mark.parametrize(
    ("options", "bucket", "url"),
    [
        ({}, "bucket", "https://bucket.s3.eu-west-1.amazonaws.com/k"),
        ({}, "a.bucket", "https://s3.eu-west-1.amazonaws.com/a.bucket/k"),
        ({"s3": {"addressing_style": "path"}}, "bucket", "https://s3.eu-west-1.amazonaws.com/bucket/k"),
        ({"endpoint_url": "http://127.0.0.1:9000"}, "bucket", "http://127.0.0.1:9000/bucket/k"),
        ({"endpoint_url": "https://s3.example"}, "bucket", "https://s3.example/bucket/k"),
        (
            {"endpoint_url": "https://s3.example", "s3": {"addressing_style": "virtual"}},
            "bucket",
            "https://bucket.s3.example/k",
        ),
        ({"region": "us-east-1"}, "bucket", "https://bucket.s3.amazonaws.com/k"),
        (
            {"region": "us-east-1", "s3": {"us_east_1_regional_endpoint": "regional"}},
            "bucket",
            "https://bucket.s3.us-east-1.amazonaws.com/k",
        ),
        ({"region": None}, "bucket", "https://bucket.s3.amazonaws.com/k"),
        ({"use_ssl": False}, "bucket", "http://bucket.s3.eu-west-1.amazonaws.com/k"),
        ({"region": "fips-us-gov-west-1"}, "bucket", "https://bucket.s3-fips.us-gov-west-1.amazonaws.com/k"),
    ],
)
def test_where_an_object_is(options: dict[str, Any], bucket: str, url: str) -> None:
    net = Net()
    connect(net, **options).delete_object(bucket=bucket, key="k")
    assert net.sent[0].url == url


def test_the_profile_has_a_say(home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text(
        "[default]\ns3 =\n  addressing_style = path\n  use_dualstack_endpoint = true\n"
    )
    net = Net()
    connect(net).delete_object(bucket="bucket", key="k")
    assert net.sent[0].url == "https://s3.dualstack.eu-west-1.amazonaws.com/bucket/k"


def test_of_a_bucket_alone_the_path_is_not_empty() -> None:
    net = Net(boto.HTTPResponse(200, {}, b"<ListBucketResult></ListBucketResult>"))
    connect(net).list_objects_v2(bucket="bucket")
    assert net.sent[0].url == "https://bucket.s3.eu-west-1.amazonaws.com/?list-type=2&encoding-type=url"


def test_every_key_is_a_key() -> None:
    net = Net()
    connect(net).delete_object(bucket="bucket", key="../a//b c+%2F/./")
    assert net.sent[0].url == "https://bucket.s3.eu-west-1.amazonaws.com/../a//b%20c%2B%252F/./"


# -- what is sent


def test_customer_keys_go_with_their_sums() -> None:
    net = Net()
    c = connect(net)
    for given in ({"sse_customer_key": KEY}, {"SSECustomerKey": KEY.decode()}):
        c.put_object(bucket="bucket", key="k", sse_customer_algorithm="AES256", **given)
        headers = net.sent[-1].headers
        assert headers["x-amz-server-side-encryption-customer-key"] == b64encode(KEY).decode()
        assert (
            headers["x-amz-server-side-encryption-customer-key-md5"]
            == b64encode(hashlib.md5(KEY).digest()).decode()
        )
    c.copy_object(bucket="bucket", key="k", copy_source="a/b", copy_source_sse_customer_key=KEY)
    sent = net.sent[-1].headers["x-amz-copy-source-server-side-encryption-customer-key"]
    assert sent == b64encode(KEY).decode()
    assert b64encode(KEY).decode() not in repr(net.sent[-1].headers)
    c.put_object(bucket="bucket", key="k", sse_customer_key="ready", sse_customer_key_md5="ready too")
    assert net.sent[-1].headers["x-amz-server-side-encryption-customer-key"] == "ready"


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("bucket/a b+c", "bucket/a%20b%2Bc"),
        ("bucket/a?versionId=x1", "bucket/a?versionId=x1"),
        ({"Bucket": "bucket", "Key": "a?b"}, "bucket/a%3Fb"),
        ({"bucket": "bucket", "key": "é", "version_id": "x1"}, "bucket/%C3%A9?versionId=x1"),
        (
            {"bucket": "arn:aws:s3:eu-west-1:123456789012:accesspoint:x", "key": "k"},
            "arn%3Aaws%3As3%3Aeu-west-1%3A123456789012%3Aaccesspoint%3Ax/object/k",
        ),
    ],
)
def test_copy_sources(source: Any, sent: str) -> None:
    assert copy_source(source) == sent


@pytest.mark.parametrize(
    "source", [{"bucket": "b"}, {"bucket": "b", "key": "k", "more": 1}, {"key": 1, "bucket": "b"}, 7]
)
def test_what_is_no_copy_source(source: Any) -> None:
    with pytest.raises(boto.ParameterError, match="copy_source"):
        connect(Net()).copy_object(bucket="b", key="k", copy_source=source)


def test_a_body_has_a_sum_and_is_not_hashed_where_tls_protects_it() -> None:
    net = Net()
    c = connect(net)
    for body in (b"hello", BytesIO(b"hello")):
        c.put_object(bucket="bucket", key="k", body=body)
        headers = net.sent[-1].headers
        assert headers["x-amz-checksum-crc32"] == crc32(b"hello")
        assert headers["x-amz-sdk-checksum-algorithm"] == "CRC32"
        assert headers["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD"
        assert net.bodies[-1] == b"hello"


def test_over_plain_http_the_body_is_signed() -> None:
    net = Net()
    c = connect(net, endpoint_url="http://s3.example")
    stream = BytesIO(b"-hello")
    stream.seek(1)
    for body in (b"hello", stream):
        c.put_object(bucket="bucket", key="k", body=body)
        assert net.sent[-1].headers["x-amz-content-sha256"] == hashlib.sha256(b"hello").hexdigest()
        assert net.bodies[-1] == b"hello"


class Pipe:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int = -1) -> bytes:
        data, self.data = self.data, b""
        return data


def test_what_can_be_read_once_goes_without_a_sum_or_not_at_all() -> None:
    net = Net()
    connect(net).put_object(bucket="bucket", key="k", body=Pipe(b"hello"))
    assert net.bodies == [b"hello"]
    assert not [name for name in net.sent[0].headers if name.lower().startswith("x-amz-checksum")]
    assert net.sent[0].headers["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD"
    with pytest.raises(boto.ParameterError, match="body: must be bytes or a file that can be read twice"):
        connect(net, use_ssl=False).put_object(bucket="bucket", key="k", body=Pipe(b"hello"))
    assert len(net.sent) == 1


def test_sums_by_choice() -> None:
    net = Net()
    c = connect(net, request_checksum_calculation="when_required")
    c.put_object(bucket="bucket", key="k", body=b"hello")
    assert "x-amz-checksum-crc32" not in net.sent[-1].headers
    assert net.sent[-1].headers["x-amz-content-sha256"] == hashlib.sha256(b"hello").hexdigest()
    c.put_object(bucket="bucket", key="k", body=b"hello", checksum_algorithm="SHA1")
    assert net.sent[-1].headers["x-amz-checksum-sha1"] == b64encode(hashlib.sha1(b"hello").digest()).decode()
    c.put_object(bucket="bucket", key="k", body=b"hello", checksum_crc32="told")
    assert net.sent[-1].headers["x-amz-checksum-crc32"] == "told"
    c.delete_objects(bucket="bucket", delete={"objects": [{"key": "k"}]})  # which requires one
    assert net.sent[-1].headers["x-amz-checksum-crc32"] == crc32(net.bodies[-1])
    with pytest.raises(boto.ParameterError, match="XXHASH3 cannot be computed"):
        c.put_object(bucket="bucket", key="k", body=b"hello", checksum_algorithm="XXHASH3")


def test_a_sum_that_the_description_merely_requires_is_an_md5() -> None:
    net = Net()
    arn = "arn:aws:s3-outposts:eu-west-1:123456789012:outpost:op-01234567890123456:bucket:b"
    connect(net, "s3control").put_bucket_tagging(
        bucket=arn, tagging={"tag_set": [{"key": "a", "value": "b"}]}
    )
    sent = net.sent[0]
    assert sent.headers["Content-MD5"] == b64encode(hashlib.md5(net.bodies[0]).digest()).decode()
    assert sent.url.startswith("https://s3-outposts.eu-west-1.amazonaws.com/v20180820/bucket/arn%3Aaws")
    assert sent.headers["x-amz-account-id"] == "123456789012"
    assert "/s3-outposts/aws4_request" in sent.headers["authorization"]


# -- what comes back


def test_a_damaged_body_is_an_error_at_its_end() -> None:
    good = boto.HTTPResponse(200, {"x-amz-checksum-crc32": crc32(b"hello")}, b"hello")
    bad = boto.HTTPResponse(200, {"x-amz-checksum-crc32": crc32(b"hellO")}, b"hello")
    parts = boto.HTTPResponse(200, {"x-amz-checksum-crc32": crc32(b"hellO") + "-3"}, b"hello")
    net = Net(good, bad, parts, bad)
    c = connect(net)
    assert c.get_object(bucket="bucket", key="k")["body"].read() == b"hello"
    assert net.sent[0].headers["x-amz-checksum-mode"] == "ENABLED"
    body = c.get_object(bucket="bucket", key="k")["body"]
    assert body.read(5) == b"hello"
    with pytest.raises(BadAnswer, match="get_object: the body is damaged: its CRC32 is"):
        body.read(5)
    assert c.get_object(bucket="bucket", key="k")["body"].read() == b"hello"
    careless = c.with_options(response_checksum_validation="when_required")
    assert careless.get_object(bucket="bucket", key="k")["body"].read() == b"hello"
    assert "x-amz-checksum-mode" not in net.sent[-1].headers


def test_a_failure_under_a_status_of_success_is_tried_again() -> None:
    done = b"<CopyObjectResult><ETag>&quot;x&quot;</ETag></CopyObjectResult>"
    net = Net(error("InternalError", 200), boto.HTTPResponse(200, {}, done))
    c = connect(net, retries=0)
    with pytest.raises(boto.Unavailable) as failed:
        c.copy_object(bucket="bucket", key="k", copy_source="a/b")
    assert failed.value.code == "InternalError"
    assert c.copy_object(bucket="bucket", key="k", copy_source="a/b")["copy_object_result"]["e_tag"] == '"x"'


def test_white_space_before_the_declaration() -> None:
    body = b"  \n \n" + b'<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="http://x/"><Key>k</Key></R>'
    net = Net(
        boto.HTTPResponse(200, {}, body), boto.HTTPResponse(200, {}, b"  " + error("SlowDown", 200).body)
    )
    c = connect(net, retries=0)
    given = {"bucket": "bucket", "key": "k", "upload_id": "u"}
    assert c.complete_multipart_upload(**given)["key"] == "k"
    with pytest.raises(boto.Throttled):
        c.complete_multipart_upload(**given)


def test_an_answer_without_its_body_is_no_success() -> None:
    with pytest.raises(BadAnswer):
        connect(Net(boto.HTTPResponse(200, {}, b" \n "))).complete_multipart_upload(
            bucket="bucket", key="k", upload_id="u"
        )


@pytest.mark.parametrize("form", ["model", "source", "wire"])
def test_keys_of_listings_in_every_form(form: str) -> None:
    body = (
        b"<ListBucketResult><EncodingType>url</EncodingType><Prefix>a%2B</Prefix><Delimiter>%2F</Delimiter>"
        b"<Contents><Key>a%2B+%01</Key></Contents><CommonPrefixes><Prefix>a%2B%2F</Prefix></CommonPrefixes>"
        b"</ListBucketResult>"
    )
    net = Net(*[boto.HTTPResponse(200, {}, body)] * 2)
    c = connect(net, form=form)
    found, raw = c.list_objects_v2(bucket="bucket"), c.list_objects_v2(bucket="bucket", encoding_type="url")
    contents, key, prefix = (
        ("Contents", "Key", "Prefix") if form == "source" else ("contents", "key", "prefix")
    )
    if form == "wire":
        found, raw = found["list_bucket_result"], raw["list_bucket_result"]
    assert (found[contents][0][key], found[prefix]) == ("a+ \x01", "a+")
    assert (raw[contents][0][key], raw[prefix]) == ("a%2B+%01", "a%2B")


@pytest.mark.parametrize(
    "told",
    [
        error("PermanentRedirect", 301, x_amz_bucket_region="us-west-2"),
        error("AuthorizationHeaderMalformed", 400, "<Region>us-west-2</Region>"),
        boto.HTTPResponse(301, {"x-amz-bucket-region": "us-west-2"}),
    ],
)
def test_a_bucket_elsewhere_is_found_and_remembered(told: boto.HTTPResponse) -> None:
    net = Net(told)
    c = connect(net)
    c.put_object(bucket="bucket", key="k", body=b"x")
    c.put_object(bucket="bucket", key="k", body=b"x")
    c.put_object(bucket="another", key="k", body=b"x")
    assert [sent.url.partition("/k")[0] for sent in net.sent] == [
        "https://bucket.s3.eu-west-1.amazonaws.com",
        "https://bucket.s3.us-west-2.amazonaws.com",
        "https://bucket.s3.us-west-2.amazonaws.com",
        "https://another.s3.eu-west-1.amazonaws.com",
    ]
    assert "/us-west-2/s3/aws4_request" in net.sent[1].headers["authorization"]


def test_a_redirect_to_nowhere_is_an_error() -> None:
    net = Net(error("PermanentRedirect", 301), error("Redirect", 307, x_amz_bucket_region="evil.example/"))
    c = connect(net)
    for code in ("PermanentRedirect", "Redirect"):
        with pytest.raises(boto.ServiceError) as moved:
            c.put_object(bucket="bucket", key="k", body=b"x")
        assert moved.value.code == code
    assert len(net.sent) == 2


def test_an_error_of_a_streamed_answer_is_read() -> None:
    with pytest.raises(boto.errors.s3.InvalidObjectState) as archived:
        inside = "<StorageClass>GLACIER</StorageClass>"
        connect(Net(error("InvalidObjectState", 403, inside))).get_object(bucket="bucket", key="k")
    assert archived.value.fields == {"storage_class": "GLACIER"}


# -- others


def test_ids_of_route_53_as_answers_spell_them() -> None:
    net = Net(*[boto.HTTPResponse(204)] * 4)
    c = connect(net, "route53")
    c.delete_hosted_zone(id="/hostedzone/Z1")
    c.list_resource_record_sets(HostedZoneId="/hostedzone/Z2")
    c.get_change(Id="/change/C1")
    assert [sent.url.partition("2013-04-01")[2] for sent in net.sent] == [
        "/hostedzone/Z1", "/hostedzone/Z2/rrset", "/change/C1",
    ]  # fmt: skip


def test_the_account_of_the_credentials_names_the_endpoint() -> None:
    net = Net(*[boto.HTTPResponse(200, {}, b"{}")] * 3)
    known = boto.Credentials("AKIDEXAMPLE", "secret", account_id="123456789012")
    for options in (
        {"credentials": known},
        {},
        {"credentials": known, "account_id_endpoint_mode": "disabled"},
    ):
        given = {"aws_access_key_id": None, "aws_secret_access_key": None, **options} if options else {}
        connect(net, "dynamodb", **given).list_tables()
    assert [sent.url for sent in net.sent] == [
        "https://123456789012.ddb.eu-west-1.amazonaws.com/",
        "https://dynamodb.eu-west-1.amazonaws.com/",
        "https://dynamodb.eu-west-1.amazonaws.com/",
    ]
