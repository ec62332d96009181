"""Whole calls over a transport that is no network, for the suites `calls.*` and `checksum.*`."""

from __future__ import annotations

from typing import Any

from conformance.adapter import Adapter, EndpointError, Parsed, Request, Unsupported

import boto
from boto.core import checksums
from boto.core.errors import NoEndpoint, NoRegion
from boto.models.c2j import ServiceModel
from boto.models.description import Description
from boto.registry import registry
from boto.services.own import known

# Names of botocore's configuration that are called differently here, or are said of a service.
_SERVICE = {
    "use_accelerate_endpoint": "use_accelerate_endpoint",
    "use_dualstack_endpoint": "use_dualstack_endpoint",
    "use_arn_region": "use_arn_region",
    "addressing_style": "addressing_style",
    "us_east_1_regional_endpoint": "us_east_1_regional_endpoint",
    "payload_signing_enabled": "payload_signing_enabled",
    "s3_disable_multiregion_access_points": "disable_multiregion_access_points",
}
_SAME = (
    "use_fips_endpoint", "use_dualstack_endpoint", "use_ssl", "request_checksum_calculation",
    "response_checksum_validation", "account_id_endpoint_mode",
)  # fmt: skip


class Net:
    """A transport that hands every request to a function."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def send(self, request: Any, stream: bool, timeout: float | None, scope: Any) -> Any:
        from io import BytesIO

        body = request.body
        if hasattr(body, "read"):
            body = body.read()
        got = self.answer(Request(request.method, request.url, list(request.headers.items()), body or b""))
        if stream:
            return boto.HTTPResponse(got.status, got.headers, b"", BytesIO(got.body))
        return boto.HTTPResponse(got.status, got.headers, got.body)

    def close(self) -> None:
        pass


class Calls(Adapter):  # type: ignore[misc] - the suites are not typed
    def call(
        self,
        service: str,
        operation: str,
        params: dict[str, Any],
        *,
        region: str | None,
        transport: Any,
        endpoint_url: str | None = None,
        config: dict[str, Any] | None = None,
        builtins: dict[str, Any] | None = None,
        model: dict[str, Any] | None = None,
        sleep: Any = None,
    ) -> Any:
        account = (builtins or {}).get("AWS::Auth::AccountId")
        options: dict[str, Any] = {
            "region": region,
            "endpoint_url": endpoint_url,
            "connection": boto.Connection(transport=Net(transport)),
            "credentials": boto.Credentials("AKIDEXAMPLE", "secret", account_id=account),
            "form": "source",
        }
        options |= _configured(service, config or {})
        if builtins is not None:
            options |= _built_in(service, builtins, options.get(service, {}))
        if model is not None:
            options["description"] = Description(ServiceModel(model, name=service))
        try:
            return boto.connect(service, **options).call(operation, **params)
        except NoEndpoint as error:
            raise EndpointError(str(error)) from error
        except NoRegion as error:
            raise EndpointError(str(error.__cause__)) from error
        except boto.ServiceError as error:
            return Parsed(error.fields, error.code, error.message)

    def presign(
        self,
        service: str,
        operation: str,
        params: dict[str, Any],
        *,
        region: str | None,
        endpoint_url: str | None = None,
        config: dict[str, Any] | None = None,
        expires: int = 3600,
    ) -> str:
        options = {"region": region, "endpoint_url": endpoint_url, **_configured(service, config or {})}
        keys = boto.Credentials("AKIDEXAMPLE", "secret")
        url: str = boto.connect(service, credentials=keys, **options).presign(operation, params, expires)
        return url

    def checksum(self, algorithm: str, data: bytes) -> bytes:
        try:
            return checksums.digest(algorithm, data)
        except boto.ConfigError as error:
            raise Unsupported(str(error)) from error

    def simple_operation(self, service: str) -> str:
        """The first operation that needs no parameters."""
        for operation in boto.connect(service).operations.values():
            members = operation.input.members.values() if operation.input is not None else ()
            if operation.traits.get("auth") != ["none"] and not any(member.required for member in members):
                return str(operation.name)
        raise Unsupported(service)


def _configured(service: str, config: dict[str, Any]) -> dict[str, Any]:
    options = {name: config[name] for name in _SAME if name in config}
    own = {_SERVICE[name]: value for name, value in config.get("s3", {}).items() if name in _SERVICE}
    if own:
        options[service] = own
    if config.get("signature_version") == "unsigned":
        options["signer"] = "none"
    retries = config.get("retries", {})
    if "total_max_attempts" in retries:
        options["retries"] = retries["total_max_attempts"] - 1
    return options


def _built_in(service: str, given: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Options under which the inputs of the rules are exactly these."""
    own = {
        **own,
        "accelerate": given.get("AWS::S3::Accelerate", False),
        "force_path_style": given.get("AWS::S3::ForcePathStyle", False),
        "us_east_1_regional_endpoint": "legacy" if given.get("AWS::S3::UseGlobalEndpoint") else "regional",
        "use_arn_region": given.get("AWS::S3::UseArnRegion", given.get("AWS::S3Control::UseArnRegion", True)),
        "disable_multi_region_access_points": given.get("AWS::S3::DisableMultiRegionAccessPoints"),
        "disable_s3_express_session_auth": given.get("AWS::S3::DisableS3ExpressSessionAuth"),
        "regional_endpoints": "legacy" if given.get("AWS::STS::UseGlobalEndpoint") else "regional",
    }
    names = known(registry.service(service))
    return {
        service.replace("-", "_"): {name: value for name, value in own.items() if name in names},
        "region": given.get("AWS::Region"),
        "endpoint_url": given.get("SDK::Endpoint"),
        "use_fips_endpoint": given.get("AWS::UseFIPS", False),
        "use_dualstack_endpoint": given.get("AWS::UseDualStack", False),
        "account_id_endpoint_mode": given.get("AWS::Auth::AccountIdEndpointMode"),
    }
