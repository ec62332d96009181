"""The functions of endpoint rules."""

from __future__ import annotations

import pytest

from boto.endpoints import functions as f


@pytest.mark.parametrize(
    ("label", "valid"),
    [
        ("a", True), ("a-b", True), ("3aws4", True), ("A", True), ("a" * 63, True),
        ("", False), ("-a", False), ("a-", False), ("a_b", False), ("a b", False), ("a.b", False),
        ("a" * 64, False), ("a\n", False), ("\u0663", False), ("\u00e4", False), ("--", False),
    ],
)  # fmt: skip
def test_host_label(label: str, valid: bool) -> None:
    assert f.is_host_label(label) is valid
    assert f.valid_host_label(label, False) is valid


def test_host_label_with_subdomains() -> None:
    assert f.valid_host_label("a.b-c.d", True)
    assert not f.valid_host_label("a.b-c.d", False)
    assert not f.valid_host_label("a..d", True)
    assert not f.valid_host_label(None, True)


@pytest.mark.parametrize(
    ("bucket", "plain", "dotted"),
    [
        ("my-bucket", True, True), ("my.bucket", False, True), ("ab", False, False), ("aBc", False, False),
        ("192.168.1.1", False, False), ("999.999.999.999", False, False), ("1.2.3.4567", False, True),
        ("1.2.3", False, True), ("a..b", False, False), ("abc-", False, False), (None, False, False),
    ],
)  # fmt: skip
def test_virtual_hostable_bucket(bucket: str | None, plain: bool, dotted: bool) -> None:
    assert f.virtual_hostable_bucket(bucket, False) is plain
    assert f.virtual_hostable_bucket(bucket, True) is dotted


def test_parse_arn() -> None:
    assert f.parse_arn("arn:aws:s3:us-west-2:123456789012:accesspoint/a:b/c") == {
        "partition": "aws",
        "service": "s3",
        "region": "us-west-2",
        "accountId": "123456789012",
        "resourceId": ["accesspoint", "a", "b", "c"],
    }
    assert f.parse_arn("arn:aws:s3:::bucket")["region"] == ""  # type: ignore[index]


@pytest.mark.parametrize(
    "text", [None, "", "arn", "arn:aws:s3:::", "arn::s3:::b", "arn:aws::::b", "xrn:a:b:c:d:e"]
)
def test_what_is_no_arn(text: str | None) -> None:
    assert f.parse_arn(text) is None


@pytest.mark.parametrize(
    ("url", "authority", "path", "normalized", "ip"),
    [
        ("https://example.com", "example.com", "", "/", False),
        ("HTTPS://example.com:8443/a", "example.com:8443", "/a", "/a/", False),
        ("http://127.0.0.1:5000/a/b/", "127.0.0.1:5000", "/a/b/", "/a/b/", True),
        ("http://[::1]:5000", "[::1]:5000", "", "/", True),
        ("http://[fe80::1%25eth0]", "[fe80::1%25eth0]", "", "/", True),
        ("http://[nonsense]/", "[nonsense]", "/", "/", False),
        ("https://h/a/./b/../c//d", "h", "/a/./b/../c//d", "/a/c/d/", False),
        ("https://h/..", "h", "/..", "/", False),
        ("https://h/a b", "h", "/a b", "/a%20b/", False),
        ("https://h/\u00e4", "h", "/\u00e4", "/%C3%A4/", False),
        ("https://99_ab.com", "99_ab.com", "", "/", False),
        ("https://h/p#fragment", "h", "/p", "/p/", False),
    ],
)
def test_parse_url(url: str, authority: str, path: str, normalized: str, ip: bool) -> None:
    found = f.parse_url(url)
    scheme = url.partition(":")[0].lower()
    assert found == {
        "scheme": scheme, "authority": authority, "path": path, "normalizedPath": normalized, "isIp": ip,
    }  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [None, "", "example.com", "ftp://example.com", "https://", "https:///path", "https://h?a=b", "https://h:x",
     "https://h:99999", "https://[::1", "https://[::1]x", "https:h", "https://a b/", "https://h/a\nb"],
)  # fmt: skip
def test_what_is_no_url(url: str | None) -> None:
    assert f.parse_url(url) is None


def test_substring() -> None:
    assert f.substring("abcdefg", 0, 4, False) == "abcd"
    assert f.substring("abcdefg", 0, 4, True) == "defg"
    assert f.substring("abcdefg", 1, 3, True) == "ef"
    assert f.substring("abc", 0, 3, False) == "abc"
    for value, start, stop in (("abc", 0, 4), ("abc", 2, 2), ("abc", 3, 2), ("\u00e4bc", 0, 1), (None, 0, 1)):
        assert f.substring(value, start, stop, False) is None


def test_the_rest() -> None:
    assert f.uri_encode("a b/c~\u00e4") == "a%20b%2Fc~%C3%A4"
    assert f.uri_encode(None) is None
    assert f.split("a--b--c", "--", 0) == ["a", "b", "c"]
    assert f.split("a--b--c", "--", 2) == ["a", "b--c"]
    assert f.split("a--b", "--", 1) == ["a--b"]
    assert f.split("", "--", 0) == [""]
    assert [f.item(["a", "b"], i) for i in (0, 1, 2, -1, -3)] == ["a", "b", None, "b", None]
