"""URL templates of services that have no rules."""

from __future__ import annotations

import pytest

from boto.core.errors import ConfigError, NoEndpoint, NoRegion
from boto.endpoints.templates import TemplateResolver


def test_region_and_other_holes() -> None:
    resolver = TemplateResolver("fog", "https://{project}.{region}.fog.example/v{version}/x")
    assert list(resolver.parameters) == ["project", "region", "version"]
    found = resolver.resolve({"region": "eu", "project": "p-1.sub", "version": 2, "unknown": "x"})
    assert found.url == "https://p-1.sub.eu.fog.example/v2/x"


def test_no_hole() -> None:
    assert TemplateResolver("fog", "http://localhost:1").resolve({}).url == "http://localhost:1"


def test_missing_values() -> None:
    with pytest.raises(NoRegion, match="fog"):
        TemplateResolver("fog", "https://{region}.fog.example").resolve({"region": None})
    with pytest.raises(NoEndpoint, match="project"):
        TemplateResolver("fog", "https://{project}.fog.example").resolve({})


@pytest.mark.parametrize("region", ["evil.example/", "x@evil.example", "a b", "eu:80", "x#", "-eu", "x?y"])
def test_a_region_cannot_choose_the_host(region: str) -> None:
    with pytest.raises(ConfigError, match="host name"):
        TemplateResolver("fog", "https://api.{region}.fog.example").resolve({"region": region})


@pytest.mark.parametrize("zone", ["a/b", "a?b", "a#b", "a b"])
def test_a_value_cannot_leave_its_place_in_the_path(zone: str) -> None:
    with pytest.raises(ConfigError, match="path"):
        TemplateResolver("fog", "https://fog.example/{zone}").resolve({"zone": zone})


@pytest.mark.parametrize(
    "template", ["fog.example", "ftp://x", "https://", "https://{region", "https://{}.x", "https://a}b"]
)
def test_bad_templates(template: str) -> None:
    with pytest.raises(ConfigError, match="fog"):
        TemplateResolver("fog", template)
