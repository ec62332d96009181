"""Checksums, against the check values of their definitions."""

from __future__ import annotations

import hashlib
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boto.core import body, checksums
from boto.core.errors import ConfigError

# The checksum of "123456789", as the catalogue of CRC algorithms lists it.
CHECKS = {"CRC32": "cbf43926", "CRC32C": "e3069283", "CRC64NVME": "ae8b14860a799888"}


@pytest.mark.parametrize("name", CHECKS)
def test_check_values(name: str) -> None:
    assert checksums.digest(name, b"123456789").hex() == CHECKS[name]
    assert checksums.digest(name.lower(), b"").hex() == "0" * len(CHECKS[name])


@given(st.binary(max_size=300), st.integers(0, 300), st.sampled_from(checksums.ALGORITHMS))
def test_pieces_make_the_same_sum(data: bytes, cut: int, name: str) -> None:
    made = checksums.checksum(name)
    made.update(data[:cut])
    made.update(data[cut:])
    assert made.digest() == checksums.digest(name, data)


@given(st.binary(max_size=300))
def test_the_usual_ones_are_those_of_the_standard_library(data: bytes) -> None:
    assert checksums.digest("CRC32", data) == zlib.crc32(data).to_bytes(4, "big")
    assert checksums.digest("SHA256", data) == hashlib.sha256(data).digest()


def test_an_unknown_one_is_named() -> None:
    with pytest.raises(ConfigError, match="'CRC32D'; did you mean 'CRC32"):
        checksums.checksum("CRC32D")


def test_a_stream_is_read_from_where_it_stands_and_put_back() -> None:
    stream, found = BytesIO(b"0123456789"), bytearray()
    stream.seek(4)
    assert body.read_through(stream, found.extend)
    assert (bytes(found), stream.tell(), body.position(stream)) == (b"456789", 4, 4)


def test_a_pipe_is_left_alone() -> None:
    class Pipe:
        def read(self, size: int) -> bytes:
            raise AssertionError("nobody may read this twice")

    assert body.position(Pipe()) is None
    assert not body.read_through(Pipe(), lambda data: None)
