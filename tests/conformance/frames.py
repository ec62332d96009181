"""Event streams, for the suites `eventstream.*`."""

from __future__ import annotations

from typing import Any

from conformance.adapter import Adapter, DecodeError

import boto
from boto.core.frames import Decoder, encode


class Frames(Adapter):  # type: ignore[misc] - the suites are not typed
    def eventstream_decode(self, data: bytes) -> list[tuple[dict[str, Any], bytes]]:
        decoder = Decoder()
        decoder.feed(data)
        found = []
        try:
            while (frame := decoder.next()) is not None:
                found.append((frame.headers, frame.payload))
            decoder.end()
        except boto.BadAnswer as error:
            raise DecodeError(str(error)) from None
        return found

    def eventstream_encode(self, headers: dict[str, Any], payload: bytes) -> bytes:
        return encode(headers, payload)
