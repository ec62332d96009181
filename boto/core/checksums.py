"""Checksums of bodies, by the names that services use for them.

CRC-32 and the SHA family come from the standard library at full speed. CRC-32C (Castagnoli) and CRC-64/NVME are
not there: for these a table is built and bytes are walked one by one, at a few megabytes a second. That is enough
for whoever asks for one by name; nothing here picks them (`QUICK`).
"""

from __future__ import annotations

from boto.core.errors import ConfigError, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, Protocol

    class Checksum(Protocol):
        """A checksum in the making."""

        def update(self, data: bytes, /) -> None: ...
        def digest(self) -> bytes: ...


# The reflected polynomials, and the width in bytes.
_POLYNOMIALS = {"CRC32C": (0x82F63B78, 4), "CRC64NVME": (0x9A6C9329AC4BC9B5, 8)}
_HASHES = {"SHA1": "sha1", "SHA256": "sha256", "SHA512": "sha512", "MD5": "md5"}
QUICK = ("CRC32", "SHA1", "SHA256", "SHA512", "MD5")
ALGORITHMS = (*QUICK, *_POLYNOMIALS)

_tables: dict[str, list[int]] = {}


class CRC32:
    """The CRC of Ethernet, gzip and zip."""

    __slots__ = ("_crc", "_value")

    def __init__(self) -> None:
        from zlib import crc32

        self._crc: Final = crc32
        self._value = 0

    def update(self, data: bytes) -> None:
        self._value = self._crc(data, self._value)

    def digest(self) -> bytes:
        return self._value.to_bytes(4, "big")


class TableCRC:
    """A CRC of any reflected polynomial whose start and final value are all ones."""

    __slots__ = ("_ones", "_table", "_value", "_width")

    def __init__(self, name: str) -> None:
        polynomial, self._width = _POLYNOMIALS[name]
        self._table = _tables.get(name) or _tables.setdefault(name, _table(polynomial))
        self._ones = self._value = (1 << 8 * self._width) - 1

    def update(self, data: bytes) -> None:
        table, value = self._table, self._value
        for byte in data:
            value = table[(value ^ byte) & 255] ^ value >> 8
        self._value = value

    def digest(self) -> bytes:
        return (self._value ^ self._ones).to_bytes(self._width, "big")


def _table(polynomial: int) -> list[int]:
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (polynomial if value & 1 else 0)  # noqa: PLW2901 - eight shifts of one number
        table.append(value)
    return table


def checksum(algorithm: str) -> Checksum:
    """A new checksum: CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512 or MD5, in any case."""
    name = algorithm.upper()
    if name == "CRC32":
        return CRC32()
    if name in _POLYNOMIALS:
        return TableCRC(name)
    if name in _HASHES:
        from hashlib import new

        return new(_HASHES[name], usedforsecurity=False)
    known = ", ".join(ALGORITHMS)
    raise ConfigError(f"no checksum is called {algorithm!r}{nearest(name, ALGORITHMS)}; there are {known}")


def digest(algorithm: str, data: bytes) -> bytes:
    """The checksum of some bytes."""
    made = checksum(algorithm)
    made.update(data)
    return made.digest()
