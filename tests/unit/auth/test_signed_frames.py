"""Signatures of frames, against the values that smithy-rs publishes in its own tests."""

from __future__ import annotations

import hashlib
import hmac

import boto
from boto.auth.eventstream import FrameSigner, signature_of
from boto.core.frames import Decoder, Frame, encode

KEYS = boto.Credentials("ANOTREAL", "notrealrnrELgWzOk3IfjzDKtFBhDby")
SCOPE = boto.Scope("testservice", "us-east-1", 0.0)
TIME = 123456789.000001234
PRIOR = hashlib.sha256(b"last message sts").hexdigest()
FRAME = encode({"some-header": ("string", "value")}, b"test payload")
TO_SIGN = """AWS4-HMAC-SHA256-PAYLOAD
19731129T213309Z
19731129/us-east-1/testservice/aws4_request
be1f8c7d79ef8e1abc5254a2c70e4da3bfaf4f07328f527444e1fc6ea67273e2
0c0e3b3bf66b59b976181bd7d401927bbd624107303c713fd1e5f3d3c8dd1b1e
f2eba0f2e95967ee9fbc6db5e678d2fd599229c0d04b11e4fc8e0f2a02a806c6"""


def unwrapped(data: bytes) -> Frame:
    decoder = Decoder()
    decoder.feed(data)
    frame = decoder.next()
    decoder.end()
    assert frame is not None
    return frame


def by_hand(text: str) -> bytes:
    key = b"AWS4" + KEYS.secret_key.encode()
    for part in (*text.split("\n")[2].split("/"), text):
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def test_the_text_that_is_signed() -> None:
    assert FrameSigner(KEYS, SCOPE, PRIOR).to_sign(FRAME, TIME) == TO_SIGN


def test_the_frame_that_is_sent() -> None:
    signer = FrameSigner(KEYS, SCOPE, PRIOR)
    sent = unwrapped(signer.sign(FRAME, TIME))
    assert sent.payload == FRAME
    assert sent.headers == {
        ":chunk-signature": ("blob", by_hand(TO_SIGN)),
        ":date": ("timestamp", 123456789000),
    }
    assert signer.prior == by_hand(TO_SIGN).hex()


def test_signatures_are_a_chain_to_the_end_over_midnight() -> None:
    signer = FrameSigner(KEYS, SCOPE, PRIOR)
    midnight = 86400.0
    for time, frame, day in (
        (midnight - 1, FRAME, "19700101"),
        (midnight, FRAME, "19700102"),
        (midnight, b"", ""),
    ):
        text = signer.to_sign(frame, time)
        assert text.split("\n")[3] == signer.prior
        assert text.split("\n")[2].startswith(day)
        sent = unwrapped(signer.sign(frame, time))
        assert sent.headers[":chunk-signature"] == ("blob", by_hand(text))


def test_where_the_chain_begins() -> None:
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=abc123"}
    assert signature_of(boto.HTTPRequest("POST", "https://example.com/", signed)) == "abc123"
    assert signature_of(boto.HTTPRequest("POST", "https://example.com/")) == ""
