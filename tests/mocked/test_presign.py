"""A presigned call of the query protocol, opened by a plain HTTP library at the URL it has.

In moto's mock, which knows services by their hosts; its server knows them by the Authorization header, which the use
of a presigned URL has not.
"""

from __future__ import annotations

import requests
from moto import mock_aws

import boto


def test_who_am_i_by_get() -> None:
    c = boto.connect_sts("AKIDEXAMPLE", "secret", region="eu-west-1")
    url = c.presign("get_caller_identity")
    assert url.startswith("https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15&")
    assert (url.method, url.headers, url.body) == ("GET", {}, None)
    with mock_aws():
        answer = requests.get(url, timeout=20)
    assert answer.status_code == 200 and "<Account>123456789012</Account>" in answer.text
