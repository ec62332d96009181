"""S3, Route 53 and CloudFront in the sandbox: things made, read, listed, copied and removed, beside boto3."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

import boto

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from boto.testing import Sandbox

    Agree = Callable[..., Any]

# Keys that are no paths, no XML, no URLs and no ASCII.
KEYS = [
    "a b+c%2B", "a//b", "a/../b", "./x", "é/☃/🚀", "<&>\"'", "tab\t", "control\x01", "end/", "?query=1#part",
    "~.-_", "..",
]  # fmt: skip


@pytest.fixture
def c(connect: Any, box: Sandbox) -> Any:
    return connect("s3", retries=0, **box.options)


@pytest.fixture
def bucket(c: Any) -> str:
    assert c.create_bucket(bucket="a-bucket")["location"] == "/a-bucket"
    return "a-bucket"


def read(connect: Any, answer: Any) -> bytes:
    """The body of an answer, on either driver."""
    data: Any = answer["body"].read()
    return connect.awaited(data) if hasattr(data, "__await__") else data  # type: ignore[no-any-return]


def test_buckets(c: Any, bucket: str, agree: Agree) -> None:
    assert [one["name"] for one in c.list_buckets()["buckets"]] == [bucket]
    agree(c, "ListBuckets")
    agree(c, "GetBucketLocation", Bucket=bucket)
    assert c.get_bucket_location(bucket=bucket)["location_constraint"] is None
    far = {"LocationConstraint": "eu-west-1"}
    c.create_bucket(bucket="far-away", create_bucket_configuration=far)
    assert c.get_bucket_location(bucket="far-away")["location_constraint"] == "eu-west-1"
    agree(c, "GetBucketLocation", Bucket="far-away")
    agree(c, "GetBucketAcl", Bucket=bucket)
    assert c.head_bucket(bucket=bucket)["bucket_region"] == "us-east-1"
    with pytest.raises(boto.Conflict):
        c.create_bucket(bucket="far-away", create_bucket_configuration=far)
    c.delete_bucket(bucket="far-away")
    assert c.list_buckets()["buckets"][1:] == []


@pytest.mark.parametrize("key", KEYS)
def test_an_object_under_any_key(c: Any, connect: Any, bucket: str, boto3_client: Any, key: str) -> None:
    tag = hashlib.md5(b"hello").hexdigest()
    assert c.put_object(bucket=bucket, key=key, body=b"hello", metadata={"a": "1"})["e_tag"] == f'"{tag}"'
    got = c.get_object(bucket=bucket, key=key)
    assert (read(connect, got), got["content_length"], got["metadata"]) == (b"hello", 5, {"a": "1"})
    assert c.head_object(bucket=bucket, key=key)["e_tag"] == f'"{tag}"'
    theirs = boto3_client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    assert [one["Key"] for one in theirs] == [key]
    assert [one["key"] for one in c.list_objects_v2(bucket=bucket)["contents"]] == [key]
    c.delete_object(bucket=bucket, key=key)
    assert c.list_objects_v2(bucket=bucket)["contents"] == []


def test_bodies(c: Any, connect: Any, bucket: str, tmp_path: Path) -> None:
    file = tmp_path / "body"
    file.write_bytes(b"0123456789" * 1000)
    with file.open("rb") as opened:
        opened.seek(5)  # from where it stands
        c.put_object(bucket=bucket, key="file", body=opened)
    assert read(connect, c.get_object(bucket=bucket, key="file")) == file.read_bytes()[5:]
    c.put_object(bucket=bucket, key="text", body="snow ☃")
    assert read(connect, c.get_object(bucket=bucket, key="text")) == "snow ☃".encode()
    c.put_object(bucket=bucket, key="none")
    assert read(connect, c.get_object(bucket=bucket, key="none")) == b""
    c.put_object(bucket=bucket, key="memory", body=BytesIO(b"in memory"), checksum_algorithm="SHA256")
    got = c.get_object(bucket=bucket, key="memory", range="bytes=3-")
    assert (read(connect, got), got["content_range"]) == (b"memory", "bytes 3-8/9")
    head = c.head_object(bucket=bucket, key="memory", checksum_mode="ENABLED")
    assert head["checksum_sha256"] == b64encode(hashlib.sha256(b"in memory").digest()).decode()


def test_listings(c: Any, connect: Any, bucket: str, agree: Agree) -> None:
    for key in KEYS:
        c.put_object(bucket=bucket, key=key, body=key)
    in_order = sorted(KEYS, key=lambda key: key.encode())
    pages = connect.list(c.pages("list_objects_v2", bucket=bucket, max_keys=5))
    assert [len(page["contents"]) for page in pages] == [5, 5, 2]
    assert [one["key"] for one in connect.list(c.pages("list_objects_v2", bucket=bucket).items())] == in_order
    assert [
        one["key"] for one in connect.list(c.pages("list_objects", bucket=bucket, max_keys=3).items())
    ] == in_order
    listed = agree(c, "ListObjectsV2", Bucket=bucket, Delimiter="/")
    assert {"Prefix": "é/"} in listed["CommonPrefixes"]
    agree(c, "ListObjectsV2", Bucket=bucket, EncodingType="url")
    agree(c, "ListObjects", Bucket=bucket, Delimiter="b")
    c.delete_object(bucket=bucket, key="control\x01")  # moto does not encode keys when it lists versions
    agree(c, "ListObjectVersions", Bucket=bucket)
    raw = c.list_objects_v2(bucket=bucket, encoding_type="url", prefix="a b")["contents"]
    assert [one["key"] for one in raw] != ["a b+c%2B"]
    gone = c.delete_objects(
        bucket=bucket, delete={"objects": [{"key": key} for key in KEYS if key != "control\x01"]}
    )
    assert sorted(one["key"] for one in gone["deleted"]) == sorted(set(KEYS) - {"control\x01"})


def test_a_copy(c: Any, connect: Any, bucket: str) -> None:
    for key in ("é a+b?", "plain"):
        c.put_object(bucket=bucket, key=key, body=key)
        for source in ({"bucket": bucket, "key": key}, f"{bucket}/{key}"):
            copied = c.copy_object(bucket=bucket, key="copy", copy_source=source)
            assert copied["copy_object_result"]["e_tag"] == f'"{hashlib.md5(key.encode()).hexdigest()}"'
            assert read(connect, c.get_object(bucket=bucket, key="copy")) == key.encode()


def test_an_upload_in_parts(c: Any, connect: Any, bucket: str, agree: Agree) -> None:
    upload = c.create_multipart_upload(bucket=bucket, key="large")["upload_id"]
    parts, whole = [], b""
    for number in (1, 2):
        data = bytes([number]) * (5 << 20)
        sent = c.upload_part(bucket=bucket, key="large", upload_id=upload, part_number=number, body=data)
        parts.append({"part_number": number, "e_tag": sent["e_tag"]})
        whole += data
    assert len(c.list_parts(bucket=bucket, key="large", upload_id=upload)["parts"]) == 2
    agree(c, "ListMultipartUploads", apart=("Initiated",), Bucket=bucket)
    done = c.complete_multipart_upload(
        bucket=bucket, key="large", upload_id=upload, multipart_upload={"parts": parts}
    )
    assert done["key"] == "large"
    assert read(connect, c.get_object(bucket=bucket, key="large")) == whole
    with pytest.raises(boto.errors.s3.NoSuchUpload):
        c.list_parts(bucket=bucket, key="large", upload_id=upload)


def test_tags_and_versions(c: Any, connect: Any, bucket: str, agree: Agree) -> None:
    tags = {"TagSet": [{"Key": "team", "Value": "a + b=c"}]}
    c.put_bucket_tagging(bucket=bucket, tagging=tags)
    assert agree(c, "GetBucketTagging", Bucket=bucket) == tags
    c.put_bucket_versioning(bucket=bucket, versioning_configuration={"status": "Enabled"})
    assert c.get_bucket_versioning(bucket=bucket)["status"] == "Enabled"
    ids = [c.put_object(bucket=bucket, key="k", body=text)["version_id"] for text in (b"1", b"2")]
    assert read(connect, c.get_object(bucket=bucket, key="k", version_id=ids[0])) == b"1"
    c.put_object_tagging(bucket=bucket, key="k", tagging=tags)
    assert agree(c, "GetObjectTagging", Bucket=bucket, Key="k")["TagSet"] == tags["TagSet"]
    assert len(agree(c, "ListObjectVersions", Bucket=bucket)["Versions"]) == 2
    source = {"Bucket": bucket, "Key": "k", "VersionId": ids[0]}
    c.copy_object(bucket=bucket, key="old", copy_source=source)
    assert read(connect, c.get_object(bucket=bucket, key="old")) == b"1"


def test_documents_of_a_bucket(c: Any, bucket: str, agree: Agree) -> None:
    rule = {
        "ID": "x", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 7},
    }  # fmt: skip
    c.put_bucket_lifecycle_configuration(bucket=bucket, lifecycle_configuration={"Rules": [rule]})
    agree(c, "GetBucketLifecycleConfiguration", Bucket=bucket)
    cors = {"CORSRules": [{"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["*"], "MaxAgeSeconds": 3}]}
    c.put_bucket_cors(bucket=bucket, cors_configuration=cors)
    assert agree(c, "GetBucketCors", Bucket=bucket) == cors
    c.put_bucket_policy(bucket=bucket, policy='{"Version": "2012-10-17", "Statement": []}')
    assert (
        agree(c, "GetBucketPolicy", Bucket=bucket)["Policy"] == '{"Version": "2012-10-17", "Statement": []}'
    )
    c.put_bucket_acl(bucket=bucket, acl="public-read")
    grants = agree(c, "GetBucketAcl", Bucket=bucket)["Grants"]
    assert {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"} in [
        one["Grantee"] for one in grants
    ]


def test_failures(c: Any, bucket: str) -> None:
    with pytest.raises(boto.errors.s3.NoSuchKey) as missing:
        c.get_object(bucket=bucket, key="nope")
    assert isinstance(missing.value, boto.NotFound)
    assert (missing.value.code, missing.value.status) == ("NoSuchKey", 404)
    assert missing.value.request_id
    with pytest.raises(c.errors.NoSuchBucket):
        c.list_objects_v2(bucket="no-such-bucket")
    with pytest.raises(boto.NotFound) as headless:
        c.head_object(bucket=bucket, key="nope")
    assert (headless.value.code, headless.value.message, headless.value.status) == ("404", "Not Found", 404)
    with pytest.raises(boto.ServiceError) as unchanged:
        tag = c.put_object(bucket=bucket, key="k", body=b"x")["e_tag"]
        c.get_object(bucket=bucket, key="k", if_none_match=tag)
    assert unchanged.value.status == 304


def test_a_waiter(c: Any, bucket: str) -> None:
    c.put_object(bucket=bucket, key="k", body=b"x")
    c.waiter("object_exists", delay=0.01, max_attempts=2).wait(bucket=bucket, key="k")
    c.waiter("object_not_exists", delay=0.01, max_attempts=2).wait(bucket=bucket, key="nope")
    with pytest.raises(boto.WaiterError):
        c.waiter("object_exists", delay=0.01, max_attempts=2).wait(bucket=bucket, key="nope")


def test_route_53(connect: Any, box: Sandbox, agree: Agree) -> None:
    c = connect("route53", retries=0, **box.options)
    zone = c.create_hosted_zone(name="example.com.", caller_reference="one")["hosted_zone"]
    assert zone["id"].startswith("/hostedzone/")
    change = {
        "Action": "UPSERT",
        "ResourceRecordSet": {
            "Name": "www.example.com.", "Type": "A", "TTL": 60,
            "ResourceRecords": [{"Value": "192.0.2.1"}, {"Value": "192.0.2.2"}],
        },
    }  # fmt: skip
    info = c.change_resource_record_sets(hosted_zone_id=zone["id"], change_batch={"Changes": [change]})[
        "change_info"
    ]
    assert c.get_change(id=info["id"])["change_info"]["status"] == "INSYNC"
    sets = agree(c, "ListResourceRecordSets", HostedZoneId=zone["id"])["ResourceRecordSets"]
    assert [one["Value"] for one in sets[-1]["ResourceRecords"]] == ["192.0.2.1", "192.0.2.2"]
    assert [one["id"] for one in c.list_hosted_zones()["hosted_zones"]] == [zone["id"]]
    agree(c, "ListHostedZones")
    with pytest.raises(boto.errors.route53.NoSuchHostedZone):
        c.get_hosted_zone(id="Z0")
    c.change_resource_record_sets(
        hosted_zone_id=zone["id"], change_batch={"Changes": [{**change, "Action": "DELETE"}]}
    )
    c.delete_hosted_zone(id=zone["id"])
    assert c.list_hosted_zones()["hosted_zones"] == []


def test_cloudfront(connect: Any, box: Sandbox, agree: Agree) -> None:
    c = connect("cloudfront", retries=0, **box.options)
    origin = {
        "Id": "o",
        "DomainName": "a-bucket.s3.amazonaws.com",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    config = {
        "CallerReference": "one", "Comment": "a & <b>", "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all", "MinTTL": 10,
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        },
    }  # fmt: skip
    made = c.create_distribution(distribution_config=config)
    identity, tag = made["distribution"]["id"], made["e_tag"]
    assert made["distribution"]["distribution_config"]["comment"] == "a & <b>"
    assert identity in made["location"]
    agree(c, "ListDistributions", apart=("LastModifiedTime",))
    agree(c, "GetDistribution", apart=("LastModifiedTime", "Status"), Id=identity)
    off = {**config, "Enabled": False}
    tag = c.update_distribution(id=identity, if_match=tag, distribution_config=off)["e_tag"]
    c.delete_distribution(id=identity, if_match=tag)
    with pytest.raises(boto.errors.cloudfront.NoSuchDistribution):
        c.get_distribution(id=identity)
