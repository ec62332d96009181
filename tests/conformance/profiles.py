"""Configuration files, for the suites `profile.*`."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

from conformance.adapter import Adapter, DecodeError

import boto
from boto.config.files import Profiles as Read
from boto.config.files import parse


class Profiles(Adapter):  # type: ignore[misc] - the suites are not typed
    def parse_profiles(self, config: str | None, credentials: str | None) -> dict[str, Any]:
        try:
            found = Read(parse(config or "", "config"), parse(credentials or "", "credentials"))
        except boto.ConfigError as error:
            raise DecodeError(str(error)) from None
        return {"profiles": found.profiles, "sso_sessions": found.sso_sessions, "services": found.services}

    def endpoint_url_setting(
        self,
        profile_text: str | None,
        env: dict[str, str],
        profile: str | None,
        service: str,
        client_config: dict[str, Any],
    ) -> str | None:
        with tempfile.TemporaryDirectory() as home:
            file = Path(home, "config")
            file.write_text(profile_text or "")
            surroundings = {**env, "HOME": home, "AWS_CONFIG_FILE": str(file)}
            with mock.patch.dict(os.environ, surroundings, clear=True):
                c = boto.Session(**client_config, profile=profile).connect_to(service)
                return c.provider.where(c)
