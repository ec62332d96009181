"""Presigned URLs, used by a plain HTTP library that knows nothing of this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import requests

if TYPE_CHECKING:
    from boto.testing import Sandbox


def test_an_object_put_and_fetched_by_others(connect: Any, box: Sandbox) -> None:
    c = connect("s3", **box.options)
    c.create_bucket(bucket="a-bucket")
    where = {"bucket": "a-bucket", "key": "a b//é?#+"}
    params = {**where, "content_type": "text/plain", "metadata": {"a": "1"}}
    put = c.presign("put_object", params, expires_in=60)
    assert (
        requests.request(put.method, put, headers=put.headers, data=b"hello", timeout=20).status_code == 200
    )
    head = c.head_object(**where)
    assert (head["content_type"], head["metadata"]) == ("text/plain", {"a": "1"})
    got = requests.get(c.presign("get_object", {**where, "response_content_type": "text/x"}), timeout=20)
    assert (got.status_code, got.content, got.headers["Content-Type"]) == (200, b"hello", "text/x")
    part = c.presign("get_object", {**where, "range": "bytes=1-2"})
    assert requests.get(part, headers=part.headers, timeout=20).content == b"el"
    url = c.presign("delete_objects", {"bucket": "a-bucket", "delete": {"objects": [{"key": where["key"]}]}})
    gone = requests.request(url.method, url, headers=url.headers, data=url.body, timeout=20)
    assert gone.status_code == 200 and b"<Deleted>" in gone.content
    assert requests.get(c.presign("get_object", where), timeout=20).status_code == 404
