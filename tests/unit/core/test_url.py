"""Percent-encoding against the standard library's, and the shapes URLs come in."""

from urllib.parse import parse_qsl, quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boto.core import url

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


@given(TEXT, st.sampled_from(["", "/", "/:", "=&"]))
def test_quote_is_that_of_the_standard_library(text, safe):
    assert url.quote(text, safe) == quote(text, safe=safe)


@given(TEXT)
def test_unquote_reverses_quote(text):
    assert url.unquote(url.quote(text)) == text


@given(st.text(alphabet="%aAfF02zé/ ", max_size=12))
def test_unquote_is_that_of_the_standard_library(text):
    assert url.unquote(text) == unquote(text)


@given(TEXT)
def test_requote_leaves_what_is_quoted(text):
    assert url.requote(url.quote(text)) == url.quote(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("%7e", "~"),
        ("%2f", "%2F"),
        ("a b", "a%20b"),
        ("100%", "100%25"),
        ("%zz", "%25zz"),
        ("%+1", "%25%2B1"),
        ("%c3%a9é", "%C3%A9%C3%A9"),
        ("%41%2", "A%252"),
    ],
)
def test_requote_brings_any_spelling_to_one(text, wanted):
    assert url.requote(text) == wanted


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("https://h", ("https", "h", "", "")),
        ("https://h/", ("https", "h", "/", "")),
        ("https://h?a=1", ("https", "h", "", "a=1")),
        ("https://h:443/p/q?a=b#f", ("https", "h", "/p/q", "a=b")),
        ("http://h:443/", ("http", "h:443", "/", "")),
        ("http://H:80//a/../b", ("http", "h", "//a/../b", "")),
        ("HTTP://user:p%40ss@h:8000/?x=http://other/", ("http", "h:8000", "/", "x=http://other/")),
        ("http://[::1]:80/", ("http", "[::1]", "/", "")),
        ("http://[::1]/", ("http", "[::1]", "/", "")),
        ("https://h/a#b?c", ("https", "h", "/a", "")),
    ],
)
def test_split(text, parts):
    assert url.split(text) == parts


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_a_query_says_what_went_in(pairs):
    query = url.encode_query(pairs)
    assert url.decode_query(query) == pairs
    assert parse_qsl(query, keep_blank_values=True) == pairs


def test_a_plus_in_a_query_is_a_space():
    assert url.decode_query("a+b=c+d&&e") == [("a b", "c d"), ("e", "")]
