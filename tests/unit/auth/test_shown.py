"""Proofs that are shown rather than computed: bearer tokens, user and password, none."""

import base64

import pytest

from boto.auth.base import Credentials, Scope, Token
from boto.auth.basic import Basic
from boto.auth.bearer import Bearer
from boto.core.errors import ConfigError
from boto.core.http import HTTPRequest

SCOPE = Scope("svc", "r", 0.0)
REQUEST = HTTPRequest("GET", "https://h/", {"authorization": "old", "A": "b"})


@pytest.mark.parametrize("token", [Token("t0ken"), "t0ken"])
def test_a_bearer_token_replaces_what_was_there(token):
    signed = Bearer().sign(REQUEST, token, SCOPE)
    assert dict(signed.headers.items()) == {"Authorization": "Bearer t0ken", "A": "b"}
    assert REQUEST.headers["Authorization"] == "old"


def test_a_token_may_have_a_header_of_its_own():
    signed = Bearer("X-Auth-Token", "").sign(HTTPRequest("GET", "https://h/"), Token("t0ken"), SCOPE)
    assert dict(signed.headers.items()) == {"X-Auth-Token": "t0ken"}


@pytest.mark.parametrize(
    "wrong", [Credentials("a", "s", "session-token"), ("hidden", "b"), None, Token(None)]
)
def test_what_is_no_token_is_refused_unseen(wrong):
    with pytest.raises(ConfigError, match="bearer token is needed") as caught:
        Bearer().sign(REQUEST, wrong, SCOPE)
    assert "hidden" not in str(caught.value) and "session-token" not in str(caught.value)


@pytest.mark.parametrize("wrong", ["", "a\r\nX-Evil: 1", "a\x00"])
def test_a_token_cannot_carry_another_header(wrong):
    with pytest.raises(ConfigError, match="line breaks") as caught:
        Bearer().sign(REQUEST, Token(wrong), SCOPE)
    assert "Evil" not in str(caught.value)


@pytest.mark.parametrize("login", [("alice", "p:ä"), Credentials("alice", "p:ä")])
def test_basic(login):
    proof = Basic().sign(REQUEST, login, SCOPE).headers["Authorization"]
    kind, _, encoded = proof.partition(" ")
    assert (kind, base64.b64decode(encoded).decode()) == ("Basic", "alice:p:ä")


@pytest.mark.parametrize("wrong", [("a:b", "hidden"), ("hidden",), "hidden", Token("hidden")])
def test_what_is_no_login_is_refused_unseen(wrong):
    with pytest.raises(ConfigError, match="basic authentication") as caught:
        Basic().sign(REQUEST, wrong, SCOPE)
    assert "hidden" not in str(caught.value)
