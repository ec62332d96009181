"""Signature version 2 against botocore's, and where the parameters are."""

import calendar
import time
from unittest import mock
from urllib.parse import parse_qsl, urlsplit

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as TheirCredentials
from hypothesis import given, settings
from hypothesis import strategies as st

from boto.auth.base import Credentials, Scope
from boto.auth.sigv2 import SigV2
from boto.core.errors import ConfigError
from boto.core.http import HTTPRequest
from boto.core.url import encode_query

KEYS = Credentials("AKIDEXAMPLE", "secret+/key")
NOON = calendar.timegm((2015, 8, 30, 12, 36, 0))
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=10)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(TEXT.filter(bool), TEXT, min_size=1, max_size=5),
    st.sampled_from(["GET", "POST"]),
    st.sampled_from(["", "/", "/services/x"]),
    st.one_of(st.none(), TEXT.filter(bool)),
)
def test_equals_botocore(params, method, path, token):
    url = f"https://queue.example:8443{path}"
    asked = AWSRequest(method=method, url=url)
    if method == "POST":
        asked.data = dict(params)
    else:
        asked.params = dict(params)
    with mock.patch.object(
        botocore.auth.time, "gmtime", lambda: time.struct_time((2015, 8, 30, 12, 36, 0, 6, 242, 0))
    ):
        botocore.auth.SigV2Auth(TheirCredentials("AKIDEXAMPLE", "secret+/key", token)).add_auth(asked)
    theirs = asked.data if method == "POST" else asked.params
    query = encode_query(params.items())
    request = (
        HTTPRequest(method, url, FORM, query.encode())
        if method == "POST"
        else HTTPRequest(method, f"{url}?{query}")
    )
    signed = SigV2().sign(request, Credentials("AKIDEXAMPLE", "secret+/key", token), Scope("sqs", "r", NOON))
    sent = signed.body.decode() if method == "POST" else urlsplit(signed.url).query
    assert dict(parse_qsl(sent, keep_blank_values=True)) == dict(theirs)


def test_signing_again_leaves_nothing_of_the_first_time():
    request = HTTPRequest("POST", "https://h/", {**FORM, "Content-Length": "8"}, b"Action=A")
    first = SigV2().sign(request, Credentials("OTHER", "s", "tok"), Scope("s", "r", NOON - 60))
    again = SigV2().sign(first, KEYS, Scope("s", "r", NOON))
    once = SigV2().sign(request, KEYS, Scope("s", "r", NOON))
    assert again.body == once.body
    assert again.headers["Content-Length"] == str(len(again.body))


def test_a_presigned_url_has_an_end_and_no_beginning():
    signed = SigV2().presign(HTTPRequest("GET", "https://h?Action=A"), KEYS, Scope("s", "r", NOON), 60)
    fields = dict(parse_qsl(urlsplit(signed.url).query))
    assert fields["Expires"] == "2015-08-30T12:37:00Z"
    assert "Timestamp" not in fields
    assert fields["Signature"]


def test_a_body_that_is_no_form_is_refused():
    request = HTTPRequest("POST", "https://h/", {"Content-Type": "application/json"}, b"{}")
    with pytest.raises(ConfigError, match="form"):
        SigV2().sign(request, KEYS, Scope("s", "r", NOON))


def test_other_credentials_are_refused_unseen():
    with pytest.raises(ConfigError, match="not str") as caught:
        SigV2().sign(HTTPRequest("GET", "https://h/"), "hidden", Scope("s", "r", NOON))
    assert "hidden" not in str(caught.value)
