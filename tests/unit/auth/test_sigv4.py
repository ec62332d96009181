"""Signature version 4: documented signatures, botocore as a second opinion, and what must never happen."""

import calendar
import datetime
import io
import string
from types import SimpleNamespace
from unittest import mock
from urllib.parse import quote

import botocore.auth
import botocore.compat
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as TheirCredentials
from hypothesis import given, settings
from hypothesis import strategies as st

from boto.auth.base import Credentials, Scope, Token
from boto.auth.canonical import Labels
from boto.auth.sigv4 import SigV4
from boto.core.errors import ConfigError, ParameterError
from boto.core.http import Headers, HTTPRequest

KEYS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
NOON = calendar.timegm((2015, 8, 30, 12, 36, 0))
S3 = {"normalize_path": False, "double_encode": False, "content_sha256": True}


def signature(request):
    return request.headers["Authorization"].rpartition("Signature=")[2]


# -- signatures that the services' own documentation works out


def test_the_documented_iam_request():
    request = HTTPRequest(
        "GET",
        "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
        {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
    )
    signed = SigV4().sign(request, KEYS, Scope("iam", "us-east-1", NOON))
    assert signed.headers["Authorization"] == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    )
    assert signed.headers["X-Amz-Date"] == "20150830T123600Z"


def test_the_documented_s3_put():
    keys = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    request = HTTPRequest(
        "PUT",
        "https://examplebucket.s3.amazonaws.com/test%24file.text",
        {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
        b"Welcome to Amazon S3.",
    )
    scope = Scope("s3", "us-east-1", calendar.timegm((2013, 5, 24, 0, 0, 0)), S3)
    signed = SigV4().sign(request, keys, scope)
    assert signature(signed) == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"


def test_the_documented_s3_presigned_url():
    keys = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    scope = Scope(
        "s3", "us-east-1", calendar.timegm((2013, 5, 24, 0, 0, 0)), {**S3, "unsigned_payload": True}
    )
    request = HTTPRequest("GET", "https://examplebucket.s3.amazonaws.com/test.txt")
    url = SigV4().presign(request, keys, scope, 86400).url
    assert "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404" in url


# -- botocore as a second opinion

NAMES = st.text(string.ascii_letters + string.digits + "-._~ /%&=+:é漢", min_size=0, max_size=8)
SEGMENTS = st.lists(
    st.one_of(
        st.sampled_from(["", ".", "..", "%", "a b", "ü", "$x", "~"]), NAMES.map(lambda n: n.replace("/", ""))
    )
)
HEADER_VALUES = st.text(string.ascii_letters + string.digits + " ;,=/.:", max_size=20)
HEADER_NAMES = st.sampled_from(
    [
        "Content-Type",
        "X-Amz-Target",
        "x-amz-meta-One",
        "Range",
        "User-Agent",
        "Expect",
        "X-Zeta",
        "accept",
        "x-amzn-trace-id",
    ]
)


@st.composite
def requests(draw):
    path = "/" + "/".join(quote(segment, safe="~") for segment in draw(SEGMENTS))
    pairs = draw(st.lists(st.tuples(NAMES, st.one_of(st.none(), NAMES)), max_size=4))
    query = "&".join(
        quote(name, safe="~") if value is None else f"{quote(name, safe='~')}={quote(value, safe='~')}"
        for name, value in pairs
        if name or value
    )
    host = draw(
        st.sampled_from(["h.example", "h.example:443", "h.example:8443", "bucket.s3.eu-x-1.amazonaws.com"])
    )
    headers = draw(st.dictionaries(HEADER_NAMES, HEADER_VALUES, max_size=4))
    url = f"https://{host}{path}{'?' + query if query else ''}"
    return draw(st.sampled_from(["GET", "PUT", "POST", "DELETE"])), url, headers, draw(st.binary(max_size=40))


def theirs(signer, request, when):
    """What botocore makes of the same request at the same second."""
    method, url, headers, body = request
    asked = AWSRequest(method=method, url=url, headers=dict(headers), data=body)
    moment = datetime.datetime.fromtimestamp(when, datetime.UTC)
    with mock.patch.object(
        botocore.auth, "get_current_datetime", lambda *a, **k: moment.replace(tzinfo=None)
    ):
        signer.add_auth(asked)
    return asked


@settings(max_examples=300, deadline=None)
@given(requests(), st.integers(1, 2**32), st.one_of(st.none(), NAMES))
def test_equals_botocore(request, when, token):
    signer = botocore.auth.SigV4Auth(TheirCredentials("AKID", "secret", token), "svc", "eu-x-1")
    asked = theirs(signer, request, when)
    ours = SigV4().sign(
        HTTPRequest(*request), Credentials("AKID", "secret", token), Scope("svc", "eu-x-1", when)
    )
    assert ours.headers["Authorization"] == asked.headers["Authorization"]
    assert ours.headers["X-Amz-Date"] == asked.headers["X-Amz-Date"]
    assert ours.headers.get("X-Amz-Security-Token") == asked.headers.get("X-Amz-Security-Token")


@settings(max_examples=300, deadline=None)
@given(requests(), st.integers(1, 2**32))
def test_equals_botocore_by_the_rules_of_s3(request, when):
    signer = botocore.auth.S3SigV4Auth(TheirCredentials("AKID", "secret"), "s3", "eu-x-1")
    asked = theirs(signer, request, when)
    ours = SigV4().sign(HTTPRequest(*request), Credentials("AKID", "secret"), Scope("s3", "eu-x-1", when, S3))
    assert ours.headers["Authorization"] == asked.headers["Authorization"]
    assert ours.headers["X-Amz-Content-Sha256"] == asked.headers["X-Amz-Content-SHA256"]


@settings(max_examples=200, deadline=None)
@given(requests(), st.integers(1, 2**32), st.integers(1, 604800), st.one_of(st.none(), NAMES.filter(bool)))
def test_presigned_equals_botocore(request, when, expires, token):
    method, url, headers, _ = request
    headers.pop("Content-Type", None)  # botocore leaves it unsigned in URLs
    request = (method, url, headers, b"")
    signer = botocore.auth.SigV4QueryAuth(TheirCredentials("AKID", "secret", token), "svc", "eu-x-1", expires)
    asked = theirs(signer, request, when)
    keys = Credentials("AKID", "secret", token)
    ours = SigV4().presign(HTTPRequest(*request), keys, Scope("svc", "eu-x-1", when), expires)

    def proof(text):
        return text.rpartition("X-Amz-Signature=")[2]

    # botocore decodes and encodes the query on the way and loses names without a value, so compare without.
    if "?" not in url:
        assert proof(ours.url) == proof(asked.url)
        assert sorted(ours.url.partition("?")[2].split("&")) == sorted(asked.url.partition("?")[2].split("&"))


# -- canonical forms


def canonical(url, options=None, headers=(), method="GET", body=None):
    request = HTTPRequest(method, url, headers, body)
    return SigV4().explain(request, KEYS, Scope("svc", "us-east-1", NOON, options))[0].split("\n")


@pytest.mark.parametrize(
    ("path", "normalized", "s3"),
    [
        ("", "/", "/"),
        ("/", "/", "/"),
        ("//a//b/", "/a/b/", "//a//b/"),
        ("/a/../../b", "/b", "/a/../../b"),
        ("/./", "/", "/./"),
        ("/..", "/", "/.."),
        ("/a%20b", "/a%2520b", "/a%20b"),
        ("/%2f%7e", "/%252f%257e", "/%2F~"),
        ("/50%", "/50%25", "/50%25"),
        ("/é", "/%C3%A9", "/%C3%A9"),
        ("/.hidden/a.b", "/.hidden/a.b", "/.hidden/a.b"),
        ("/a$b:c", "/a%24b%3Ac", "/a%24b%3Ac"),
    ],
)
def test_paths(path, normalized, s3):
    assert canonical(f"https://h{path}")[1] == normalized
    assert canonical(f"https://h{path}", S3)[1] == s3


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", ""),
        ("acl", "acl="),
        ("b=2&a=1", "a=1&b=2"),
        ("a=2&a=1&a=10", "a=1&a=10&a=2"),
        ("a-b=1&a=1", "a=1&a-b=1"),
        ("=x&y", "=x&y="),
        ("a=b=c", "a=b%3Dc"),
        ("k=%c3%a9", "k=%C3%A9"),
        ("k=é", "k=%C3%A9"),
        ("k=a+b", "k=a%20b"),
        ("k=/:", "k=%2F%3A"),
        ("&&a=1&", "a=1"),
    ],
)
def test_queries(query, wanted):
    assert canonical(f"https://h/?{query}")[2] == wanted


def test_header_values_are_trimmed_and_their_spaces_collapsed():
    headers = {"One": "  a   b \t c ", "Two": ' "x  y" ', "Three": "plain"}
    assert canonical("https://h/", headers=headers)[3:8] == [
        "host:h",
        "one:a b c",
        "three:plain",
        'two:"x y"',
        "x-amz-date:20150830T123600Z",
    ]


def test_only_space_and_tab_are_white_space():
    assert "one:a\xa0\xa0b\u2003 c" in canonical("https://h/", headers={"One": "a\xa0\xa0b\u2003  c"})


def test_repeated_headers_are_signed_as_the_one_header_they_are_sent_as():
    request = HTTPRequest("GET", "https://h/", [("X-A", "1"), ("x-a", " 2")])
    assert "x-a:1, 2" in canonical("https://h/", headers=request.headers)


def test_hop_by_hop_headers_are_sent_unsigned():
    request = HTTPRequest(
        "GET", "https://h/", {"Connection": "close", "User-Agent": "me", "Expect": "100-continue"}
    )
    signed = SigV4().sign(request, KEYS, Scope("svc", "r", NOON))
    assert "SignedHeaders=host;x-amz-date," in signed.headers["Authorization"]
    assert signed.headers["Connection"] == "close"


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://H.example:443/", "h.example"), ("http://h:8000", "h:8000"), ("https://u:p@h/", "h")],
)
def test_the_host_comes_from_the_url(url, host):
    assert canonical(url)[3] == f"host:{host}"


def test_a_host_header_of_ones_own_is_signed_and_kept():
    signed = SigV4().sign(
        HTTPRequest("GET", "http://127.0.0.1/", {"Host": "s3.example"}), KEYS, Scope("s", "r", NOON)
    )
    assert signed.headers["Host"] == "s3.example"
    assert canonical("http://127.0.0.1/", headers={"Host": "s3.example"})[3] == "host:s3.example"


def test_the_host_is_left_to_the_transport_otherwise():
    signed = SigV4().sign(HTTPRequest("GET", "http://h/"), KEYS, Scope("s", "r", NOON))
    assert "host" not in signed.headers


# -- bodies


def test_a_stream_needs_its_hash():
    request = HTTPRequest("PUT", "https://h/key", body=io.BytesIO(b"data"))
    with pytest.raises(ConfigError, match="payload_hash"):
        SigV4().sign(request, KEYS, Scope("s3", "r", NOON))
    known = "3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7"
    by_hash = SigV4().sign(request, KEYS, Scope("s3", "r", NOON, {"payload_hash": known}))
    by_body = SigV4().sign(request.replace(body=b"data"), KEYS, Scope("s3", "r", NOON))
    assert signature(by_hash) == signature(by_body)
    assert by_hash.body is request.body
    assert request.body.tell() == 0


def test_an_unsigned_payload_says_so():
    options = {"unsigned_payload": True, "content_sha256": True}
    request = HTTPRequest("PUT", "https://h/key", body=io.BytesIO(b"data"))
    signed = SigV4().sign(request, KEYS, Scope("s3", "r", NOON, options))
    assert signed.headers["X-Amz-Content-Sha256"] == "UNSIGNED-PAYLOAD"
    assert canonical("https://h/", options, body=b"x")[-1] == "UNSIGNED-PAYLOAD"


@pytest.mark.parametrize("body", [None, b"", bytearray()])
def test_no_body_hashes_as_an_empty_one(body):
    assert canonical("https://h/", body=body)[-1].startswith("e3b0c44298fc1c14")


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_any_kind(kind):
    assert canonical("https://h/", body=kind(b"data"))[-1].startswith("3a6eb0790f39ac87")


# -- retries, tokens, times, keys


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_signing_again_leaves_nothing_of_the_first_time(first, second):
    signer, request = SigV4(), HTTPRequest("POST", "https://h/?a=1", {"X-A": "b"}, b"body")
    once = signer.sign(request, KEYS, Scope("svc", "r", second))
    twice = signer.sign(signer.sign(request, KEYS, Scope("svc", "r", first)), KEYS, Scope("svc", "r", second))
    assert list(twice.headers.items()) == list(once.headers.items())


def test_signing_again_without_a_token_drops_the_old_one():
    signer, scope = SigV4(), Scope("svc", "r", NOON)
    request = HTTPRequest("GET", "https://h/")
    with_token = signer.sign(request, Credentials("A", "s", "tok"), scope)
    assert with_token.headers["X-Amz-Security-Token"] == "tok"
    assert "x-amz-security-token" not in signer.sign(with_token, Credentials("A", "s"), scope).headers


def test_presigning_again_leaves_nothing_of_the_first_time():
    signer, request = SigV4(), HTTPRequest("GET", "https://h?a=1")
    keys = Credentials("A", "s", "tok/en")
    first = signer.presign(request, keys, Scope("svc", "r", NOON - 99), 5)
    assert signer.presign(first, keys, Scope("svc", "r", NOON), 9).url == (
        signer.presign(request, keys, Scope("svc", "r", NOON), 9).url
    )


def test_a_token_can_travel_unsigned():
    keys, options = Credentials("A", "s", "tok/en"), {"omit_token": True}
    request = HTTPRequest("GET", "https://h/")
    signed = SigV4().sign(request, keys, Scope("svc", "r", NOON, options))
    bare = SigV4().sign(request, Credentials("A", "s"), Scope("svc", "r", NOON))
    assert signature(signed) == signature(bare)
    assert signed.headers["X-Amz-Security-Token"] == "tok/en"
    url = SigV4().presign(request, keys, Scope("svc", "r", NOON, options), 60).url
    assert url.endswith("&X-Amz-Security-Token=tok%2Fen")


@pytest.mark.parametrize("expires", [0, -1, 604801])
def test_a_url_holds_a_week_at_most(expires):
    with pytest.raises(ParameterError, match="expires_in"):
        SigV4().presign(HTTPRequest("GET", "https://h/"), KEYS, Scope("svc", "r", NOON), expires)


def test_days_regions_services_and_secrets_have_keys_of_their_own():
    signer, request = SigV4(), HTTPRequest("GET", "https://h/")
    seen = {
        signature(signer.sign(request, Credentials("A", secret), Scope(service, region, when)))
        for secret in ("one", "two")
        for service in ("s3", "ec2")
        for region in ("r1", "r2")
        for when in (NOON, NOON + 86400)
    }
    assert len(seen) == 16
    fresh = SigV4().sign(request, Credentials("A", "one"), Scope("s3", "r1", NOON))
    assert signature(signer.sign(request, Credentials("A", "one"), Scope("s3", "r1", NOON))) == signature(
        fresh
    )


def test_what_is_kept_is_bounded():
    signer = SigV4()
    for number in range(SigV4.LIMIT + 10):
        request = HTTPRequest("GET", "https://h/", {f"X-{number}": "a"})
        signer.sign(request, Credentials(f"A{number}", "s"), Scope("svc", "r", NOON))
    assert len(signer._keys) <= SigV4.LIMIT
    assert len(signer._orders) <= signer._orders.LIMIT


def test_nothing_shows_a_secret():
    signer = SigV4()
    signer.sign(HTTPRequest("GET", "https://h/"), KEYS, Scope("svc", "r", NOON))
    shown = repr([signer, signer._keys, signer._orders, KEYS, *signer._keys.values()])
    assert KEYS.secret_key not in shown


@pytest.mark.parametrize(
    "wrong", [Token("secret-token"), "secret-token", object(), SimpleNamespace(access_key="a")]
)
def test_other_credentials_are_refused_unseen(wrong):
    with pytest.raises(ConfigError, match="access_key and secret_key") as caught:
        SigV4().sign(HTTPRequest("GET", "https://h/"), wrong, Scope("svc", "r", NOON))
    assert "secret-token" not in str(caught.value)


def test_the_request_that_was_given_is_not_changed():
    headers = Headers({"A": "b", "Authorization": "old"})
    request = HTTPRequest("GET", "https://h/", headers)
    SigV4().sign(request, KEYS, Scope("svc", "r", NOON, S3))
    SigV4().presign(request, KEYS, Scope("svc", "r", NOON, S3), 5)
    assert dict(headers.items()) == {"A": "b", "Authorization": "old"}
    assert request.headers is headers


def test_other_clouds_change_the_labels_only():
    labels = Labels("GOOG4-HMAC-SHA256", "X-Goog-", "goog4_request", "GOOG4")
    signed = SigV4(labels).sign(
        HTTPRequest("GET", "https://storage.example/"), KEYS, Scope("storage", "auto", NOON)
    )
    assert signed.headers["Authorization"].startswith(
        "GOOG4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/auto/storage/goog4_request, "
        "SignedHeaders=host;x-goog-date,"
    )
