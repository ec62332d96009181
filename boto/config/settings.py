"""The settings: one table of everything that can be said from outside, and under which names.

Each row says how a setting is called as an option, in the environment (first name wins), in a profile of
the shared config file and in a boto 1.x file, what kind of value it takes and what holds when nobody said
anything. A kind is one of:

    text, seconds, attempts, size, switch    from text as from Python
    url                                an absolute http or https URL
    trust                              a switch, or the path of a certificate bundle
    retries                            a number of further tries, the name of a policy, or a policy
    form                               the name of a result form
    when                               when_supported or when_required
    any                                a Python value; it has no text form, so nothing but options can give it
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Final


class Setting:
    """One row. `option` tells whether `connect` takes it; `boto` is its section and key in ~/.boto."""

    __slots__ = ("boto", "default", "env", "key", "kind", "name", "option")

    def __init__(
        self,
        name: str,
        kind: str,
        env: tuple[str, ...] = (),
        key: str = "",
        default: Any = None,
        option: bool = True,
        boto: tuple[str, str] | None = None,
    ) -> None:
        self.name: Final = name
        self.kind: Final = kind
        self.env: Final = env
        self.key: Final = key
        self.default: Final = default
        self.option: Final = option
        self.boto: Final = boto

    def __repr__(self) -> str:
        return f"<Setting {self.name}: {self.kind}>"


_ROWS = (
    Setting("region", "text", ("AWS_REGION", "AWS_DEFAULT_REGION"), "region",
            boto=("boto", "ec2_region_name")),
    Setting("endpoint_url", "url", ("AWS_ENDPOINT_URL",), "endpoint_url"),
    Setting("profile", "text", ("AWS_PROFILE", "AWS_DEFAULT_PROFILE")),
    Setting("aws_access_key_id", "text", ("AWS_ACCESS_KEY_ID",), "aws_access_key_id",
            boto=("credentials", "aws_access_key_id")),
    Setting("aws_secret_access_key", "text", ("AWS_SECRET_ACCESS_KEY",), "aws_secret_access_key",
            boto=("credentials", "aws_secret_access_key")),
    Setting("aws_session_token", "text", ("AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"), "aws_session_token",
            boto=("credentials", "aws_security_token")),
    Setting("credentials", "any"),
    Setting("signer", "any"),
    Setting("connection", "any"),
    Setting("transport", "any"),
    Setting("proxies", "any"),
    Setting("proxy_auth", "any"),
    Setting("basic_auth", "any"),
    Setting("verify", "trust", ("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"), "ca_bundle", True,
            boto=("boto", "ca_certificates_file")),
    Setting("cert", "any"),
    Setting("connect_timeout", "seconds", (), "connect_timeout", 10.0),
    Setting("read_timeout", "seconds", (), "read_timeout", 60.0, boto=("boto", "http_socket_timeout")),
    Setting("timeout", "seconds"),
    Setting("retries", "retries"),
    Setting("use_fips_endpoint", "switch", ("AWS_USE_FIPS_ENDPOINT",), "use_fips_endpoint", False),
    Setting("use_dualstack_endpoint", "switch", ("AWS_USE_DUALSTACK_ENDPOINT",), "use_dualstack_endpoint",
            False),
    Setting("use_ssl", "switch", default=True),
    Setting("form", "form"),
    Setting("description", "any"),
    Setting("ignore_configured_endpoint_urls", "switch", ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",),
            "ignore_configured_endpoint_urls", False),
    Setting("request_checksum_calculation", "when", ("AWS_REQUEST_CHECKSUM_CALCULATION",),
            "request_checksum_calculation", "when_supported"),
    Setting("response_checksum_validation", "when", ("AWS_RESPONSE_CHECKSUM_VALIDATION",),
            "response_checksum_validation", "when_supported"),
    Setting("request_min_compression_size_bytes", "size", ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",),
            "request_min_compression_size_bytes", 10240),
    Setting("disable_request_compression", "switch", ("AWS_DISABLE_REQUEST_COMPRESSION",),
            "disable_request_compression", False),
    Setting("account_id_endpoint_mode", "text", ("AWS_ACCOUNT_ID_ENDPOINT_MODE",), "account_id_endpoint_mode",
            "preferred"),
    Setting("sts_regional_endpoints", "text", ("AWS_STS_REGIONAL_ENDPOINTS",), "sts_regional_endpoints",
            option=False),
    Setting("s3_use_arn_region", "switch", ("AWS_S3_USE_ARN_REGION",), "s3_use_arn_region", option=False),
    Setting("s3_us_east_1_regional_endpoint", "text", ("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT",),
            "s3_us_east_1_regional_endpoint", option=False),
    Setting("s3_disable_multiregion_access_points", "switch", ("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS",),
            "s3_disable_multiregion_access_points", option=False),
    Setting("s3_disable_express_session_auth", "switch", ("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH",),
            "s3_disable_express_session_auth", option=False),
    Setting("max_attempts", "attempts", ("AWS_MAX_ATTEMPTS",), "max_attempts", option=False),
    Setting("retry_mode", "text", ("AWS_RETRY_MODE",), "retry_mode", option=False),
    Setting("account_id", "text", ("AWS_ACCOUNT_ID",), "aws_account_id", option=False),
    Setting("credential_expiration", "text", ("AWS_CREDENTIAL_EXPIRATION",), option=False),
    Setting("config_file", "text", ("AWS_CONFIG_FILE",), option=False),
    Setting("credentials_file", "text", ("AWS_SHARED_CREDENTIALS_FILE",), option=False),
    Setting("boto_file", "text", ("BOTO_CONFIG",), option=False),
    Setting("boto_path", "text", ("BOTO_PATH",), option=False),
)  # fmt: skip

SETTINGS: Final[dict[str, Setting]] = {row.name: row for row in _ROWS}
OPTIONS: Final[frozenset[str]] = frozenset(row.name for row in _ROWS if row.option)

_SWITCH = {
    "true": True, "1": True, "yes": True, "on": True,
    "false": False, "0": False, "no": False, "off": False,
}  # fmt: skip


def check_options(names: Iterable[str], also: Iterable[str] = ()) -> None:
    """Raise UnknownOption for a name that is neither an option nor one of `also` (services' names)."""
    for name in names:
        if name not in OPTIONS and name not in also:
            from boto.core.errors import UnknownOption, nearest

            known = [*OPTIONS, *also]
            raise UnknownOption(name, known if nearest(name, known) else OPTIONS)


def coerce(setting: Setting, value: Any, source: str) -> Any:
    """The value as its kind wants it, from Python or from text; `source` names where it came from in errors.

    None stays None. An error never repeats the value: it may be a secret that was put in the wrong place.
    """
    rule = _KINDS.get(setting.kind)
    if rule is None or value is None:
        return value
    try:
        return rule[0](value)
    except (ValueError, TypeError):
        from boto.core.errors import ConfigError

        raise ConfigError(f"{source}: {setting.name} must be {rule[1]}") from None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _switch(value: Any) -> bool:
    if isinstance(value, str):
        value = _SWITCH.get(value.strip().lower())
    if not isinstance(value, bool):
        raise TypeError
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool):
        raise TypeError
    number = float(value)
    if not 0 < number < float("inf"):
        raise ValueError
    return number


def _attempts(value: Any) -> int:
    if isinstance(value, (bool, float)):
        raise TypeError
    number = int(value)
    if number < 1:
        raise ValueError
    return number


def _size(value: Any) -> int:
    """A number of bytes; beyond ten megabytes AWS's tools take it for a mistake."""
    if isinstance(value, (bool, float)):
        raise TypeError
    number = int(value)
    if not 0 <= number <= 10_485_760:
        raise ValueError
    return number


def _url(value: Any) -> str:
    scheme, mark, rest = _text(value).strip().partition("://")
    if not mark or scheme.lower() not in ("http", "https") or not rest or rest[0] in "/?#":
        raise ValueError
    return f"{scheme}://{rest}"


def _trust(value: Any) -> bool | str:
    if isinstance(value, str) and value.strip().lower() not in _SWITCH:
        return value
    if hasattr(value, "__fspath__"):
        return str(value)
    return _switch(value)


def _retries(value: Any) -> Any:
    """A number may come as text; a name or a policy is looked at by whoever knows the policies."""
    if isinstance(value, str):
        return int(value) if value.strip().isdigit() else value
    if isinstance(value, (bool, float)) or (isinstance(value, int) and value < 0):
        raise ValueError
    return value


def _when(value: Any) -> str:
    if _text(value).lower() not in ("when_supported", "when_required"):
        raise ValueError
    return str(value).lower()


def _form(value: Any) -> str:
    form = _text(value).lower()
    if form not in ("model", "wire", "source"):
        raise ValueError
    return form


_KINDS: Final[dict[str, tuple[Callable[[Any], Any], str]]] = {
    "text": (_text, "text"),
    "url": (_url, "an absolute URL such as https://localhost:8000"),
    "switch": (_switch, "true or false"),
    "seconds": (_seconds, "a number of seconds above 0"),
    "size": (_size, "a number of bytes from 0 to 10485760"),
    "attempts": (_attempts, "a whole number of attempts, 1 or more"),
    "trust": (_trust, "true, false, or the path of a certificate bundle"),
    "retries": (_retries, "a whole number, the name of a policy, or a policy"),
    "when": (_when, "when_supported or when_required"),
    "form": (_form, "one of model, wire, source"),
}
