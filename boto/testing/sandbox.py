"""A sandbox: AWS in this process, for trying things out and for tests that cannot leak to the real cloud.

    with boto.testing.sandbox() as box:
        c = boto.connect_ec2()              # goes to the sandbox, whatever the machine's settings are
        c.create_key_pair(key_name="web")

The services are moto's (extra `sandbox`), served on a free port of the loopback interface. While the sandbox is
open the environment points there: `AWS_ENDPOINT_URL`, a region, credentials that mean nothing elsewhere, and no files.
Code under test needs no change. Leaving it drops all state and restores the environment.
"""

from __future__ import annotations

import os
from contextlib import contextmanager

from boto.core.errors import MissingExtra

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# Settings of the machine that would lead elsewhere, or be sent along.
_MASKED = (
    "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_ACCOUNT_ID",
    "AWS_CREDENTIAL_EXPIRATION", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
)  # fmt: skip
# Files say such things as well, some of which no variable takes back; boto3 reads all but the last.
_FILES = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "BOTO_CONFIG")


class Sandbox:
    """An open sandbox. `url` is where it listens, `options` what a connect call needs to go there."""

    def __init__(self, url: str, region: str) -> None:
        self.url = url
        self.options: dict[str, Any] = {
            "endpoint_url": url,
            "region": region,
            "aws_access_key_id": "sandbox",
            "aws_secret_access_key": "sandbox",
        }

    def reset(self) -> None:
        """Drops everything that was made in the sandbox."""
        from moto.moto_api._internal.models import moto_api_backend

        moto_api_backend.reset()

    def __repr__(self) -> str:
        return f"<Sandbox at {self.url}>"


@contextmanager
def sandbox(region: str = "us-east-1") -> Iterator[Sandbox]:
    """Opens a sandbox for the length of a `with` block. Needs the extra `sandbox`."""
    try:
        from moto.server import ThreadedMotoServer
    except ImportError as error:
        raise MissingExtra("boto.testing.sandbox()", "sandbox") from error

    import logging

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it would print a line for every request
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    box = Sandbox(f"http://{host}:{port}", region)
    before = dict(os.environ)
    for name in [*_MASKED, *(name for name in before if name.startswith("AWS_ENDPOINT_URL"))]:
        os.environ.pop(name, None)
    os.environ.update(
        AWS_ENDPOINT_URL=box.url,
        AWS_REGION=region,
        AWS_DEFAULT_REGION=region,  # boto3, if the code under test uses it as well, reads only this one
        AWS_ACCESS_KEY_ID=box.options["aws_access_key_id"],
        AWS_SECRET_ACCESS_KEY=box.options["aws_secret_access_key"],
        NO_PROXY="127.0.0.1,localhost",
        no_proxy="127.0.0.1,localhost",
        **dict.fromkeys(_FILES, os.devnull),
    )
    try:
        box.reset()
        yield box
    finally:
        box.reset()
        server.stop()
        os.environ.clear()
        os.environ.update(before)
