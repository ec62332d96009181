"""The life of a call against a mocked endpoint: what is sent, what comes back, what goes wrong."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest
import requests
import responses

import boto
from boto.core.url import decode_query
from tests.unit.calls.answers import EC2, REQUEST_ID, error, instances, key_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def net() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def c(keys: None) -> Any:
    return boto.connect_ec2(retries=0)


def sent(net: responses.RequestsMock, number: int = -1) -> dict[str, str]:
    body = net.calls[number].request.body
    assert isinstance(body, bytes)
    return dict(decode_query(body.decode()))


def test_the_first_use(net: responses.RequestsMock, c: Any) -> None:
    net.post(EC2, body=key_pairs("key1", "key2"))
    assert c.get_all_key_pairs() == {
        "describe_key_pairs_response": {
            "key_set": [
                {"key_name": "key1", "key_fingerprint": "32:34:b4:dd"},
                {"key_name": "key2", "key_fingerprint": "32:34:b4:dd"},
            ],
            "request_id": REQUEST_ID,
        }
    }
    assert sent(net) == {"Action": "DescribeKeyPairs", "Version": "2016-11-15"}
    c.get_all_key_pairs(keynames=["key1"])
    assert sent(net)["KeyName.1"] == "key1"
    c.get_all_key_pairs(["key1"], {"key_name": ["a", "b"], "tag:My_Tag": "x"}, True)
    assert sent(net) == {
        "Action": "DescribeKeyPairs", "Version": "2016-11-15", "KeyName.1": "key1", "DryRun": "true",
        "Filter.1.Name": "key-name", "Filter.1.Value.1": "a", "Filter.1.Value.2": "b",
        "Filter.2.Name": "tag:My_Tag", "Filter.2.Value.1": "x",
    }  # fmt: skip


def test_described_operations_in_either_spelling(net: responses.RequestsMock, c: Any) -> None:
    net.post(EC2, body=key_pairs("key1"))
    model = {"key_pairs": [{"key_name": "key1", "key_fingerprint": "32:34:b4:dd"}]}
    assert c.describe_key_pairs(key_names=["key1"]) == model
    assert c.DescribeKeyPairs(KeyNames=["key1"]) == model
    assert c.call("DescribeKeyPairs", key_names=["key1"]) == model
    assert c.api.describe_key_pairs(key_names=["key1"]) == model
    assert [sent(net, number) for number in range(4)] == [sent(net)] * 4


def test_metadata_beside_the_answer(net: responses.RequestsMock, c: Any) -> None:
    net.post(EC2, body=key_pairs(), headers={"X-Served-By": "test"})
    result = c.describe_key_pairs()
    assert result == {"key_pairs": []}
    metadata = result.metadata
    assert (metadata.request_id, metadata.status, metadata.attempts) == (REQUEST_ID, 200, 1)
    assert metadata.headers["x-served-by"] == "test"
    assert [what for what, _ in metadata.timeline] == ["attempt 1", "answer 200"]
    copy = pickle.loads(pickle.dumps(result))
    assert copy == result and copy.metadata.request_id == REQUEST_ID


def test_form_is_an_option(net: responses.RequestsMock, c: Any) -> None:
    net.post(EC2, body=key_pairs("key1"))
    assert c.with_options(form="source").describe_key_pairs() == {
        "KeyPairs": [{"KeyName": "key1", "KeyFingerprint": "32:34:b4:dd"}]
    }
    assert "describe_key_pairs_response" in c.with_options(form="wire").describe_key_pairs()


def test_request_and_response_by_hand(net: responses.RequestsMock, c: Any) -> None:
    net.post(EC2, body=key_pairs("key1"))
    request = c.request("describe_key_pairs").add_list("KeyNames", ["key1"])
    prepared = c.prepare(request)
    assert prepared.method == "POST" and prepared.url == EC2
    assert "SignedHeaders=" in prepared.headers["authorization"]
    assert not net.calls
    response = c.send(request)
    assert response.http.status == 200 and response.error() is None and response.next_request() is None
    assert set(response.parse()) == {"describe_key_pairs_response"}
    assert response.parse("model") == {"key_pairs": [{"key_name": "key1", "key_fingerprint": "32:34:b4:dd"}]}


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "InvalidKeyPair.NotFound", boto.NotFound),
        (400, "InvalidKeyPair.Duplicate", boto.Conflict),
        (401, "AuthFailure", boto.AccessDenied),
        (403, "UnauthorizedOperation", boto.AccessDenied),
        (400, "RequestExpired", boto.Expired),
        (503, "RequestLimitExceeded", boto.Throttled),
        (400, "InvalidParameterValue", boto.InvalidRequest),
        (500, "InternalError", boto.Unavailable),
        (503, "Unavailable", boto.Unavailable),
        (404, "Whatever", boto.NotFound),
    ],
)
def test_service_errors_by_category(
    net: responses.RequestsMock, c: Any, status: int, code: str, kind: type[boto.ServiceError]
) -> None:
    net.post(EC2, status=status, body=error(code, "it is so"))
    with pytest.raises(kind) as caught:
        c.describe_key_pairs()
    found = caught.value
    assert isinstance(found, boto.ServiceError)
    assert (found.code, found.message, found.request_id, found.status) == (
        code,
        "it is so",
        REQUEST_ID,
        status,
    )
    assert found.operation == "ec2.describe_key_pairs"
    assert found.metadata.status == status and found.metadata.request_id == REQUEST_ID
    for part in (code, "it is so", REQUEST_ID, "ec2.describe_key_pairs"):
        assert part in str(found)
    copy = pickle.loads(pickle.dumps(found))
    assert type(copy) is type(found) and copy.code == code and str(copy) == str(found)


def test_modelled_errors_are_one_class(net: responses.RequestsMock, keys: None) -> None:
    from boto.errors.iam import NoSuchEntityException

    iam = boto.connect_iam(retries=0)
    assert iam.errors.NoSuchEntityException is NoSuchEntityException is boto.errors.iam.NoSuchEntityException
    assert issubclass(NoSuchEntityException, boto.NotFound)
    net.post(
        "https://iam.amazonaws.com/",
        status=404,
        body="<ErrorResponse xmlns='https://iam.amazonaws.com/doc/2010-05-08/'><Error><Type>Sender</Type>"
        "<Code>NoSuchEntity</Code><Message>no bob</Message></Error><RequestId>r1</RequestId></ErrorResponse>",
    )
    with pytest.raises(NoSuchEntityException) as caught:
        iam.get_user(user_name="bob")
    assert caught.value.code == "NoSuchEntity" and caught.value.request_id == "r1"
    assert type(pickle.loads(pickle.dumps(caught.value))) is NoSuchEntityException


@pytest.mark.parametrize(
    "body",
    [
        "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
        "",
        "<DescribeKeyPairsResponse><keySet><item><keyName>key1",
        '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><DescribeKeyPairsResponse>&c;</DescribeKeyPairsResponse>',
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><DescribeKeyPairsResponse><keySet>&f;</keySet>'
        "</DescribeKeyPairsResponse>",
        "<a>" * 100_000,
        '{"keySet": []}',
        "\x00\x01\x02",
    ],
    ids=["html", "empty", "truncated", "entities", "external", "deep", "json", "binary"],
)
def test_answers_nobody_can_read(net: responses.RequestsMock, c: Any, body: str) -> None:
    net.post(EC2, body=body)
    with pytest.raises(boto.BadAnswer) as caught:
        c.describe_key_pairs()
    assert "DescribeKeyPairs" in str(caught.value) and caught.value.status == 200
    assert len(caught.value.snippet) <= 200
    assert "root:" not in str(caught.value)


def test_a_proxy_that_answers_in_html_with_an_error(net: responses.RequestsMock, c: Any) -> None:
    net.post(EC2, status=502, body="<html><head><title>502 Bad Gateway</title></head></html>")
    with pytest.raises(boto.Unavailable) as caught:
        c.describe_key_pairs()
    assert caught.value.status == 502 and "502" in str(caught.value)


def test_wrong_names(c: Any) -> None:
    with pytest.raises(boto.UnknownOperation, match="did you mean 'describe_key_pairs'"):
        c.describe_keypairs()
    with pytest.raises(AttributeError):
        c.nothing_like_it  # noqa: B018 - looking is what is tested
    assert not hasattr(c, "nothing_like_it")
    with pytest.raises(boto.ParameterError, match="key_name: not a member of .* did you mean 'key_names'"):
        c.describe_key_pairs(key_name=["a"])
    with pytest.raises(boto.ParameterError, match="keyname: not a parameter of .* did you mean 'keynames'"):
        c.get_all_key_pairs(keyname="a")
    with pytest.raises(boto.UnknownService, match="did you mean 'ec2'"):
        boto.connect("ec22")
    with pytest.raises(AttributeError, match="did you mean 'dynamodb'"):
        boto.connect_dynamodbb  # noqa: B018 - looking is what is tested
    with pytest.raises(boto.UnknownOption, match="did you mean 'region'"):
        boto.connect_ec2(regoin="x")
    with pytest.raises(TypeError, match="did you mean 'retries'"):
        boto.Session(retrys=1)
    with pytest.raises(
        boto.UnknownOperation, match="no waiter 'instance_runing'; did you mean 'instance_running'"
    ):
        c.waiter("instance_runing")


def test_no_region_and_no_credentials_show_at_the_call(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    c = boto.connect_ec2()
    assert repr(c) == "<ec2 service, no region, no endpoint>"
    with pytest.raises(boto.NoRegion, match="AWS_REGION"):
        c.describe_key_pairs()
    c = boto.connect_ec2(region="eu-west-1")
    with pytest.raises(boto.NoCredentials) as caught:
        c.describe_key_pairs()
    assert [name for name, _ in caught.value.sources] == ["environment", "profile", "~/.boto"]
    assert "AWS_ACCESS_KEY_ID is not set" in str(caught.value)


def test_half_a_key_pair_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    c = boto.connect_ec2(region="eu-west-1")
    with pytest.raises(boto.ConfigError, match="AWS_SECRET_ACCESS_KEY is not"):
        c.describe_key_pairs()


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION"])
def test_region_from_the_environment(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "ap-southeast-2")
    assert repr(boto.connect_ec2()) == (
        "<ec2 service, region ap-southeast-2, endpoint https://ec2.ap-southeast-2.amazonaws.com>"
    )


def test_endpoints_from_the_environment(
    net: responses.RequestsMock, keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4000")
    assert "http://localhost:4000" in repr(boto.connect_ec2())
    monkeypatch.setenv("AWS_ENDPOINT_URL_EC2", "http://localhost:4001")
    net.post("http://localhost:4001/", body=key_pairs("a"))
    assert boto.connect_ec2().describe_key_pairs()["key_pairs"]
    assert "http://localhost:4002" in repr(boto.connect_ec2(endpoint_url="http://localhost:4002"))


def test_old_boto_file(home: Path) -> None:
    (home / ".boto").write_text("[Credentials]\naws_access_key_id = AKIDOLD\naws_secret_access_key = old\n")
    c = boto.connect_ec2()
    assert c.region == "us-east-1"
    assert "AKIDOLD" in c.prepare(c.request("describe_key_pairs")).headers["authorization"]


def test_profiles(home: Path) -> None:
    (home / ".aws").mkdir()
    (home / ".aws/config").write_text("[default]\nregion = eu-west-1\n[profile work]\nregion = eu-north-1\n")
    (home / ".aws/credentials").write_text(
        "[default]\naws_access_key_id = AKID1\naws_secret_access_key = s\n"
        "[work]\naws_access_key_id = AKID2\naws_secret_access_key = s\n"
    )
    for options, key, region in (({}, "AKID1", "eu-west-1"), ({"profile": "work"}, "AKID2", "eu-north-1")):
        c = boto.connect_ec2(**options)
        prepared = c.prepare(c.request("describe_key_pairs"))
        assert f"Credential={key}/" in prepared.headers["authorization"]
        assert f"/{region}/ec2/" in prepared.headers["authorization"]


def test_credentials_as_arguments(net: responses.RequestsMock) -> None:
    c = boto.connect_ec2("AKIDARG", "secret", region="eu-west-1", aws_session_token="token")
    prepared = c.prepare(c.request("describe_key_pairs"))
    assert "Credential=AKIDARG/" in prepared.headers["authorization"]
    assert prepared.headers["x-amz-security-token"] == "token"
    with pytest.raises(boto.ConfigError, match="twice"):
        boto.connect_ec2(
            "a", "b", region="eu-west-1", credentials=boto.Credentials("c", "d")
        ).describe_key_pairs()


def test_the_signer_is_a_choice(keys: None) -> None:
    for signer in ("sigv2", boto.registry.registry.signer("sigv2")):
        c = boto.connect_ec2(signer=signer)
        body = c.prepare(c.request("describe_key_pairs")).body
        fields = dict(decode_query(body.decode()))
        assert fields["SignatureVersion"] == "2" and fields["SignatureMethod"] == "HmacSHA256"
    with pytest.raises(boto.ConfigError, match="did you mean 'sigv4'"):
        boto.connect_ec2(signer="sigv44").describe_key_pairs()


def test_options_for_a_while(keys: None) -> None:
    c = boto.connect_ec2()
    copy = c.with_options(region="us-west-2", timeout=3)
    assert (c.region, copy.region) == ("eu-west-1", "us-west-2")
    assert copy.connection is c.connection and type(copy) is type(c)
    with pytest.raises(boto.UnknownOption):
        c.with_options(tiemout=3)


def test_services_of_a_session_share_a_connection(keys: None) -> None:
    session = boto.Session(region="us-east-1")
    one, two = session.connect_to("ec2"), session.connect_to("iam")
    assert one.connection is two.connection
    assert session.connect_to("ec2", proxies={"https": "http://proxy:1"}).connection is not one.connection
    own = boto.Connection()
    assert session.connect_to("ec2", connection=own).connection is own


@pytest.mark.parametrize("failure", [requests.exceptions.ConnectionError("refused"), 500, 502, 503, 504, 429])
def test_retries_until_it_works(
    net: responses.RequestsMock, keys: None, monkeypatch: pytest.MonkeyPatch, failure: Any
) -> None:
    monkeypatch.setattr("random.random", lambda: 0.001)
    for _ in range(2):
        if isinstance(failure, int):
            net.post(EC2, status=failure, body="<html>busy</html>")
        else:
            net.post(EC2, body=failure)
    net.post(EC2, body=key_pairs("a"))
    result = boto.connect_ec2().describe_key_pairs()
    assert result["key_pairs"] and result.metadata.attempts == 3
    assert result.metadata.delays == [0.001, 0.002]
    signatures = {call.request.headers["Authorization"] for call in net.calls}
    assert len(net.calls) == 3 and len(signatures) <= 3


def test_retries_end(net: responses.RequestsMock, keys: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.random", lambda: 0.001)
    net.post(EC2, status=503, body=error("RequestLimitExceeded", "slower"))
    with pytest.raises(boto.Throttled) as caught:
        boto.connect_ec2().describe_key_pairs()
    assert caught.value.metadata.attempts == 3
    with pytest.raises(boto.Throttled) as caught:
        boto.connect_ec2(retries=5).describe_key_pairs()
    assert caught.value.metadata.attempts == 6
    with pytest.raises(boto.Throttled) as caught:
        boto.connect_ec2(retries="off").describe_key_pairs()
    assert caught.value.metadata.attempts == 1


def test_what_is_the_callers_fault_is_not_retried(net: responses.RequestsMock, keys: None) -> None:
    net.post(EC2, status=400, body=error("InvalidParameterValue", "no"))
    with pytest.raises(boto.InvalidRequest) as caught:
        boto.connect_ec2().describe_key_pairs()
    assert caught.value.metadata.attempts == 1


def test_a_throttle_with_status_400_is_retried(
    net: responses.RequestsMock, keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.random", lambda: 0.001)
    net.post(EC2, status=400, body=error("RequestLimitExceeded", "slower"))
    net.post(EC2, body=key_pairs())
    assert boto.connect_ec2().describe_key_pairs().metadata.attempts == 2


def test_a_policy_of_ones_own(net: responses.RequestsMock, keys: None) -> None:
    seen = []

    class Once:
        def delay(self, attempt: int, failure: str, status: int, random: Any) -> float | None:
            seen.append((attempt, failure, status))
            return 0.0 if attempt == 1 else None

    net.post(EC2, status=400, body=error("Odd", "no"))
    with pytest.raises(boto.InvalidRequest):
        boto.connect_ec2(retries=Once()).describe_key_pairs()
    assert seen == [(1, "Odd", 400), (2, "Odd", 400)]
    with pytest.raises(boto.ConfigError, match="standard"):
        boto.connect_ec2(retries="often").describe_key_pairs()


def test_a_token_stays_the_same_over_attempts(
    net: responses.RequestsMock, keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.random", lambda: 0.001)
    net.post(EC2, status=503, body="")
    net.post(EC2, body="<RunInstancesResponse><requestId>r</requestId></RunInstancesResponse>")
    boto.connect_ec2().run_instances(min_count=1, max_count=1)
    first, second = sent(net, 0), sent(net, 1)
    assert first == second and len(first["ClientToken"]) == 36
    boto.connect_ec2().run_instances(min_count=1, max_count=1, client_token="mine")
    assert sent(net)["ClientToken"] == "mine"


def test_concurrent_threads_share_a_service(net: responses.RequestsMock, c: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    net.post(EC2, body=instances("i-1"))
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: c.describe_instances(), range(64)))
    assert all(answer == answers[0] for answer in answers)


def test_pickled_services_connect_again(keys: None) -> None:
    c = boto.connect_ec2("AKIDARG", "secret-argument", region="us-west-2")
    data = pickle.dumps(c)
    assert b"secret-argument" not in data and b"AKIDARG" not in data
    copy = pickle.loads(data)
    assert type(copy) is type(c) and copy.region == "us-west-2"


def test_json_of_any_result(net: responses.RequestsMock, c: Any) -> None:
    net.post(EC2, body=key_pairs("a"))
    assert boto.json.dumps(c.describe_key_pairs()) == (
        '{"key_pairs": [{"key_name": "a", "key_fingerprint": "32:34:b4:dd"}]}'
    )


def test_forms_by_name(net: responses.RequestsMock, c: Any) -> None:
    net.post(EC2, body=key_pairs("key1"))
    response = c.send(c.request("DescribeKeyPairs"))
    assert response.parse("MODEL") is response.parse("model")
    for form in ("modle", None):
        with pytest.raises(boto.ConfigError, match="form must be one of model, wire, source"):
            response.parse(form)
    assert list(c.with_options(form="SOURCE").describe_key_pairs()) == ["KeyPairs"]
