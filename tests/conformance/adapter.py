"""The conformance suites' way into this library: it translates values and decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.adapter import Endpoint, EndpointError

import boto
from boto.core.errors import NoEndpoint, NoRegion
from boto.endpoints.partitions import Partitions
from boto.endpoints.rules import RuleSet
from boto.endpoints.tables import Tables
from tests.conformance.calls import Calls
from tests.conformance.frames import Frames
from tests.conformance.profiles import Profiles
from tests.conformance.protocols import Protocols
from tests.conformance.signing import Signing

if TYPE_CHECKING:
    from collections.abc import Callable

FACTS = Path(boto.__path__[0]) / "services" / "aws" / "data" / "endpoints"


class Boto(Frames, Signing, Profiles, Protocols, Calls):
    name = "boto"

    def __init__(self) -> None:
        self._tables = Tables(str(FACTS))

    def resolve_endpoint(self, service: str, params: dict[str, Any]) -> Any:
        return _answer(self._tables.resolver(service).resolve, params)

    def resolve_rules(
        self, ruleset: dict[str, Any], partitions: dict[str, Any] | None, params: dict[str, Any]
    ) -> Any:
        known = Partitions.from_source(partitions) if partitions else self._tables.partitions
        return _answer(RuleSet(ruleset, known).evaluate, params)


def _answer(resolve: Callable[[dict[str, Any]], Any], params: dict[str, Any]) -> Any:
    try:
        found = resolve(params)
    except NoRegion as error:
        raise EndpointError(str(error.__cause__)) from error
    except NoEndpoint as error:
        raise EndpointError(str(error)) from error
    headers = {name: value.split(", ") for name, value in found.headers.items()}
    return Endpoint(found.url, headers, dict(found.properties))


ADAPTER = Boto
