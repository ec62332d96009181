"""Answers as EC2 writes them, for tests that mock its endpoint."""

from __future__ import annotations

EC2 = "https://ec2.eu-west-1.amazonaws.com/"
NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"
REQUEST_ID = "6d885004-f107-489e-b4a0-0e0d8f0c2d4e"


def key_pairs(*names: str) -> str:
    items = "".join(
        f"<item><keyName>{name}</keyName><keyFingerprint>32:34:b4:dd</keyFingerprint></item>"
        for name in names
    )
    return answer("DescribeKeyPairs", f"<keySet>{items}</keySet>")


def answer(operation: str, inside: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{operation}Response xmlns="{NAMESPACE}">'
        f"<requestId>{REQUEST_ID}</requestId>{inside}</{operation}Response>"
    )


def error(code: str, message: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>{code}</Code><Message>{message}'
        f"</Message></Error></Errors><RequestID>{REQUEST_ID}</RequestID></Response>"
    )


def instances(*ids: str, token: str = "", state: str = "running") -> str:
    items = "".join(
        f"<item><reservationId>r-{one}</reservationId><instancesSet><item><instanceId>{one}</instanceId>"
        f"<instanceState><code>16</code><name>{state}</name></instanceState></item></instancesSet></item>"
        for one in ids
    )
    more = f"<nextToken>{token}</nextToken>" if token else ""
    return answer("DescribeInstances", f"<reservationSet>{items}</reservationSet>{more}")
