"""What is special about single services of AWS: the same request as boto3 makes, the same answer as it reads."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import boto3
import pytest
from botocore import xform_name
from botocore.awsrequest import AWSResponse
from botocore.utils import calculate_tree_hash

import boto
from boto.services.aws.glacier import tree_hash

KEYS = {
    "aws_access_key_id": "AKIDEXAMPLE",
    "aws_secret_access_key": "secret",
    "aws_session_token": "a/token+",
}
NOW = datetime(2026, 11, 21, 9, 30, 0, tzinfo=UTC)


class Net:
    """Answers in turn, and keeps what was sent."""

    def __init__(self, *answers: boto.HTTPResponse) -> None:
        self.answers = list(answers)
        self.sent: list[Any] = []

    def send(self, request: Any, stream: bool, timeout: Any, scope: Any) -> boto.HTTPResponse:
        self.sent.append(request)
        return self.answers.pop(0) if self.answers else boto.HTTPResponse(200)

    def close(self) -> None:
        pass


def connect(net: Net, service: str, **options: Any) -> Any:
    connection = boto.Connection(transport=net)
    return boto.connect(service, **{"region": "eu-west-1", "connection": connection, **KEYS, **options})


class Body(BytesIO):
    def stream(self, **_: Any) -> Any:
        yield self.read()


@pytest.fixture(scope="module")
def session() -> Any:
    return boto3.session.Session()


@pytest.fixture
def beside(session: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`beside("iam", "GetRole", {...}, body)`: (our request, theirs), (our answer in SOURCE, theirs)."""
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: NOW.replace(tzinfo=None))
    monkeypatch.setattr("boto.services.aws.crossregion.time", NOW.timestamp)

    def run(
        service: str,
        operation: str,
        params: dict[str, Any],
        body: bytes = b"",
        status: int = 200,
        **options: Any,
    ) -> Any:
        sent: list[Any] = []

        def send(request: Any, **_: Any) -> Any:
            sent.append(request)
            return AWSResponse(request.url, status, {}, Body(body))

        theirs = session.client(
            service, region_name="eu-west-1", endpoint_url=options.get("endpoint_url"), **KEYS
        )
        theirs.meta.events.register("before-send", send)
        their_answer = getattr(theirs, xform_name(operation))(**params)
        their_answer.pop("ResponseMetadata")
        net = Net(boto.HTTPResponse(status, {}, body))
        our_answer = connect(net, service, form="source", **options).call(operation, **params)
        return (net.sent[0], sent[0]), (our_answer, their_answer)

    return run


def empty(operation: str) -> bytes:
    """An answer of the query protocols in which nothing is told."""
    return f"<a><{operation}Result/></a>".encode()


def form(body: Any) -> dict[str, str]:
    return dict(parse_qsl(body.decode() if isinstance(body, bytes) else body, keep_blank_values=True))


# -- documents in answers

POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "a b+c/é&<x>/*"}]}


def role(document: str) -> bytes:
    inner = f"<RoleName>r</RoleName><AssumeRolePolicyDocument>{document}</AssumeRolePolicyDocument>"
    return f"<GetRoleResponse><GetRoleResult><Role>{inner}</Role></GetRoleResult></GetRoleResponse>".encode()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (quote(json.dumps(POLICY)), POLICY),
        (quote(json.dumps(POLICY, ensure_ascii=False)), POLICY),
        ("no%20policy", "no%20policy"),
        ("%7B%22a%22%3A%20%22b%2Bc%22%7D", {"a": "b+c"}),
    ],
)
def test_policies_are_read(beside: Any, text: str, found: Any) -> None:
    _, (ours, theirs) = beside("iam", "GetRole", {"RoleName": "r"}, role(text))
    assert ours["Role"]["AssumeRolePolicyDocument"] == found
    if isinstance(found, dict):  # boto3 unquotes a text that is no document too
        assert ours == theirs


def test_policies_in_the_forms() -> None:
    text = quote(json.dumps(POLICY))
    c = connect(Net(boto.HTTPResponse(200, {}, role(text))), "iam")
    response = c.send(c.request("GetRole", role_name="r"))
    assert response.parse("model")["role"]["assume_role_policy_document"] == POLICY
    assert response.parse("wire")["get_role_response"]["get_role_result"]["role"] == {
        "role_name": "r", "assume_role_policy_document": text,
    }  # fmt: skip


def test_every_policy_of_iams_description_is_found() -> None:
    """Members of the shape that boto3 reads policies by, and where else IAM names one a document."""
    description = connect(Net(), "iam").description
    found: dict[str, set[str]] = {}

    def walk(shape: Any) -> None:
        for member in shape.members.values():
            if member.name.endswith(("Document", "DocumentTemplate")):
                found.setdefault(member.shape.name, set()).add(member.name)
            walk(member.shape)
        if shape.member is not None:
            walk(shape.member.shape)

    for operation in description:
        if operation.output is not None:
            walk(operation.output)
    assert found.pop("policyDocumentType") >= {"PolicyDocument", "AssumeRolePolicyDocument", "Document"}
    assert "PolicyDocument" not in {name for names in found.values() for name in names}


def test_policies_in_lists() -> None:
    text = quote(json.dumps(POLICY))
    one = f"<member><AssumeRolePolicyDocument>{text}</AssumeRolePolicyDocument></member>"
    body = (
        f"<ListRolesResponse><ListRolesResult><Roles>{one}{one}</Roles></ListRolesResult></ListRolesResponse>"
    )
    c = connect(Net(boto.HTTPResponse(200, {}, body.encode())), "iam")
    assert [one["assume_role_policy_document"] for one in c.list_roles()["roles"]] == [POLICY, POLICY]


@pytest.mark.parametrize("name", ["policy_document", "PolicyDocument"])
def test_a_dict_stands_for_a_document(name: str) -> None:
    net = Net(boto.HTTPResponse(200, {}, b"<a/>"), boto.HTTPResponse(200, {}, empty("ValidateTemplate")))
    connect(net, "iam").put_user_policy(user_name="u", policy_name="p", **{name: POLICY})
    assert json.loads(form(net.sent[0].body)["PolicyDocument"]) == POLICY
    connect(net, "cloudformation").validate_template(template_body={"Resources": {}})
    assert json.loads(form(net.sent[1].body)["TemplateBody"]) == {"Resources": {}}


@pytest.mark.parametrize("text", ['{"Resources": {"T": {"Type": "x"}}}', "Resources:\n  T: {}\n", ""])
def test_templates_are_read(beside: Any, text: str) -> None:
    result = f"<GetTemplateResult><TemplateBody>{text}</TemplateBody></GetTemplateResult>"
    body = f"<GetTemplateResponse>{result}</GetTemplateResponse>".encode()
    _, (ours, theirs) = beside("cloudformation", "GetTemplate", {"StackName": "s"}, body)
    assert ours["TemplateBody"] == theirs["TemplateBody"]


@pytest.mark.parametrize("data", [b"boot\nlogin: ", b"\xff\x00", b""])
def test_console_output_is_text(beside: Any, data: bytes) -> None:
    output = b64encode(data).decode()
    body = f"<GetConsoleOutputResponse><instanceId>i</instanceId><output>{output}</output></GetConsoleOutputResponse>"
    _, (ours, theirs) = beside("ec2", "GetConsoleOutput", {"InstanceId": "i"}, body.encode())
    assert ours == theirs == {"InstanceId": "i", "Output": data.decode("utf-8", "replace")}


# -- what is sent


@pytest.mark.parametrize("data", ["#!/bin/sh\né", b"\xff\0"])
def test_user_data_is_encoded(beside: Any, data: Any) -> None:
    for service, operation, params in (
        ("ec2", "RunInstances", {"ImageId": "ami", "MinCount": 1, "MaxCount": 1, "ClientToken": "t"}),
        ("autoscaling", "CreateLaunchConfiguration", {"LaunchConfigurationName": "l"}),
    ):
        (ours, theirs), _ = beside(service, operation, {**params, "UserData": data}, empty(operation))
        assert form(ours.body) == form(theirs.body)
        assert (
            form(ours.body)["UserData"] == b64encode(data if type(data) is bytes else data.encode()).decode()
        )


CLUSTER = {"DBClusterIdentifier": "c", "Engine": "docdb", "SourceRegion": "us-east-1"}
COPY = {"SourceDBClusterSnapshotIdentifier": "arn:a b", "TargetDBClusterSnapshotIdentifier": "t"}


@pytest.mark.parametrize(
    ("service", "operation", "params"),
    [
        ("ec2", "CopySnapshot", {"SourceRegion": "us-west-2", "SourceSnapshotId": "snap-1", "Description": "a b"}),
        ("ec2", "CopySnapshot", {"SourceRegion": "us-west-2", "SourceSnapshotId": "s", "PresignedUrl": "https://x"}),
        ("rds", "CopyDBSnapshot", {"SourceDBSnapshotIdentifier": "a:b", "TargetDBSnapshotIdentifier": "t"}),
        (
            "rds", "CopyDBSnapshot",
            {"SourceDBSnapshotIdentifier": "a:b", "TargetDBSnapshotIdentifier": "t", "SourceRegion": "us-west-2"},
        ),
        (
            "rds", "CopyDBSnapshot",
            {
                "SourceDBSnapshotIdentifier": "a", "TargetDBSnapshotIdentifier": "t", "SourceRegion": "us-west-2",
                "PreSignedUrl": "https://mine",
            },
        ),
        ("rds", "CopyDBClusterSnapshot", {**COPY, "SourceRegion": "us-east-1"}),
        ("rds", "CreateDBCluster", CLUSTER),
        ("rds", "CreateDBInstanceReadReplica", {"DBInstanceIdentifier": "r", "SourceRegion": "us-east-1"}),
        (
            "rds", "StartDBInstanceAutomatedBackupsReplication",
            {"SourceDBInstanceArn": "arn:x", "SourceRegion": "us-east-1"},
        ),
        ("neptune", "CopyDBClusterSnapshot", {**COPY, "SourceRegion": "us-east-1"}),
        ("neptune", "CreateDBCluster", CLUSTER),
        ("docdb", "CopyDBClusterSnapshot", {**COPY, "SourceRegion": "us-east-1"}),
        ("docdb", "CreateDBCluster", CLUSTER),
    ],
)  # fmt: skip
def test_copies_from_another_region_are_presigned(
    beside: Any, service: str, operation: str, params: dict[str, Any]
) -> None:
    (ours, theirs), _ = beside(service, operation, params, empty(operation))
    our_form, their_form = form(ours.body), form(theirs.body)
    name = "PresignedUrl" if service == "ec2" else "PreSignedUrl"
    urls = [urlsplit(found.pop(name, "")) for found in (our_form, their_form)]
    assert our_form == their_form
    assert [url[:3] for url in urls] == [urls[1][:3]] * 2
    # The signature among them: made at the same second, of the same request.
    assert form(urls[0].query) == form(urls[1].query)
    if "SourceRegion" in params and name not in params:
        assert form(urls[0].query)["DestinationRegion"] == "eu-west-1"
        assert len(form(urls[0].query)["X-Amz-Signature"]) == 64


def test_nobody_signs_a_copy_that_nobody_signs() -> None:
    net = Net(boto.HTTPResponse(200, {}, empty("CopyDBSnapshot")))
    c = connect(net, "rds", signer="none")
    c.copy_db_snapshot(
        source_db_snapshot_identifier="a", target_db_snapshot_identifier="t", source_region="us-east-1"
    )
    assert "PreSignedUrl" not in form(net.sent[0].body)


def test_api_gateway_is_asked_for_json(beside: Any) -> None:
    (ours, theirs), _ = beside("apigateway", "GetRestApis", {}, b"{}")
    assert ours.headers["Accept"] == theirs.headers["Accept"].decode() == "application/json"
    params = {"restApiId": "a", "stageName": "s", "exportType": "swagger", "accepts": "application/yaml"}
    (ours, theirs), _ = beside("apigateway", "GetExport", params, b"x")
    assert ours.headers["Accept"] == "application/yaml"


def test_predictions_are_asked_for_where_the_model_is(beside: Any) -> None:
    params = {
        "MLModelId": "m", "Record": {"a": "b"},
        "PredictEndpoint": "https://realtime.machinelearning.us-east-1.amazonaws.com",
    }  # fmt: skip
    (ours, theirs), _ = beside("machinelearning", "Predict", params, b"{}")
    assert ours.url == theirs.url == "https://realtime.machinelearning.us-east-1.amazonaws.com/"
    assert json.loads(ours.body) == json.loads(theirs.body)


def test_searches_are_posted(beside: Any) -> None:
    url = "https://search-movies.eu-west-1.cloudsearch.amazonaws.com"
    params = {"query": "star+wars & é", "returnFields": "title,year", "size": 3}
    body = b'{"hits": {"found": 0}}'
    (ours, theirs), (found, theirs_found) = beside(
        "cloudsearchdomain", "Search", params, body, endpoint_url=url
    )
    assert (ours.method, ours.url) == ("POST", theirs.url)
    assert form(ours.body) == form(theirs.body)
    assert ours.headers["Content-Type"] == theirs.headers["Content-Type"].decode()
    assert found == theirs_found
    net = Net()
    connect(net, "cloudsearchdomain", endpoint_url=url).search(query="x", return_fields="title")
    assert form(net.sent[0].body)["return"] == "title"


def test_from_has_another_name(beside: Any) -> None:
    params = {"logGroupName": "g", "fromTime": 1, "to": 2, "destination": "d"}
    (ours, theirs), _ = beside("logs", "CreateExportTask", params, b"{}")
    assert json.loads(ours.body) == json.loads(theirs.body)
    net = Net()
    connect(net, "logs").create_export_task(log_group_name="g", from_time=1, to=2, destination="d")
    assert json.loads(net.sent[0].body)["from"] == 1


def test_filters_have_one_name(beside: Any) -> None:
    params = {"Filters": [{"Name": "state", "Values": ["a"]}]}
    for operation in ("DescribeNatGateways", "DescribeFlowLogs", "DescribeHosts", "DescribeInstances"):
        (ours, theirs), _ = beside("ec2", operation, params, b"<a/>")
        assert form(ours.body) == form(theirs.body)
    net = Net(boto.HTTPResponse(200, {}, b"<a/>"))
    connect(net, "ec2").describe_hosts(filters=[{"name": "state", "values": ["a"]}])
    assert form(net.sent[0].body)["Filter.1.Name"] == "state"


@pytest.mark.parametrize("service", ["dynamodb", "timestream-query", "timestream-write"])
def test_who_asks_for_endpoints_names_the_version(beside: Any, service: str) -> None:
    body = b'{"Endpoints": [{"Address": "a.example", "CachePeriodInMinutes": 1}]}'
    (ours, theirs), _ = beside(service, "DescribeEndpoints", {}, body)
    assert ours.headers["x-amz-api-version"] == theirs.headers["x-amz-api-version"].decode()


MEBIBYTE = 1 << 20


@pytest.mark.parametrize("size", [0, 1, MEBIBYTE, MEBIBYTE + 1, 3 * MEBIBYTE, 5 * MEBIBYTE + 7])
def test_tree_hashes(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    data = data[:size]
    chunks = [data[start : start + MEBIBYTE] for start in range(0, size, MEBIBYTE)]
    if size:  # boto3 has none for an empty body
        assert tree_hash(chunks).hex() == calculate_tree_hash(BytesIO(data))
    assert len(tree_hash(chunks)) == 32


@pytest.mark.parametrize("file", [True, False])
def test_archives_are_hashed(beside: Any, file: bool) -> None:
    data = b"x" * (2 * MEBIBYTE + 5)
    names = ("x-amz-content-sha256", "x-amz-sha256-tree-hash", "x-amz-glacier-version")
    params = {"vaultName": "v", "body": data}
    (ours, theirs), _ = beside("glacier", "UploadArchive", params, b"", 201)
    assert ours.url == theirs.url == "https://glacier.eu-west-1.amazonaws.com/-/vaults/v/archives"
    assert [ours.headers[name] for name in names] == [
        text.decode() if isinstance(text, bytes) else text for text in map(theirs.headers.get, names)
    ]
    if file:
        body, net = BytesIO(b"before" + data), Net(boto.HTTPResponse(201))
        body.seek(6)
        connect(net, "glacier").upload_archive(vault_name="v", body=body)
        assert [net.sent[0].headers[name] for name in names] == [ours.headers[name] for name in names]
        assert body.tell() == 6


def test_glacier_accounts_and_hashes_that_were_given() -> None:
    net = Net()
    c = connect(net, "glacier")
    c.list_vaults(account_id="123")
    c.list_vaults(account_id=None)
    c.upload_multipart_part(vault_name="v", upload_id="u", range="bytes 0-0/*", checksum="mine", body=b"x")
    assert [request.url.partition(".com")[2] for request in net.sent[:2]] == ["/123/vaults", "/-/vaults"]
    assert net.sent[2].headers["x-amz-sha256-tree-hash"] == "mine"
    with pytest.raises(boto.ParameterError, match="read twice"):
        c.upload_archive(vault_name="v", body=iter([b"x"]))


def test_oauths_words_are_the_message() -> None:
    body = b'{"error": "invalid_grant", "error_description": "Invalid refresh token provided"}'
    told = boto.HTTPResponse(400, {"x-amzn-errortype": "InvalidGrantException:"}, body)
    c = connect(Net(told), "sso-oidc", retries=0)
    with pytest.raises(c.errors.InvalidGrantException) as raised:
        c.create_token(client_id="c", client_secret="s", grant_type="refresh_token")
    assert raised.value.message == "Invalid refresh token provided"


@pytest.mark.parametrize(
    ("service", "operation", "params"),
    [
        ("cognito-identity", "GetId", {"IdentityPoolId": "eu-west-1:x"}),
        ("cognito-identity", "GetOpenIdToken", {"IdentityId": "eu-west-1:x"}),
        ("cognito-identity", "UnlinkIdentity", {"IdentityId": "i:x", "Logins": {}, "LoginsToRemove": []}),
        ("cognito-identity", "GetCredentialsForIdentity", {"IdentityId": "eu-west-1:x"}),
        (
            "sts",
            "AssumeRoleWithSAML",
            {"RoleArn": "r" * 20, "PrincipalArn": "p" * 20, "SAMLAssertion": "assertion"},
        ),
        (
            "sts",
            "AssumeRoleWithWebIdentity",
            {"RoleArn": "r" * 20, "RoleSessionName": "me", "WebIdentityToken": "tttt"},
        ),
    ],
)
def test_operations_that_nobody_signs(
    beside: Any, service: str, operation: str, params: dict[str, Any]
) -> None:
    (ours, theirs), _ = beside(service, operation, params, b"{}" if service != "sts" else empty(operation))
    assert "Authorization" not in ours.headers and "Authorization" not in theirs.headers
    assert ours.url == theirs.url
