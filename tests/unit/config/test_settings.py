"""The table of settings: names, kinds, and errors that help without repeating a secret."""

import pathlib

import pytest

from boto.config.settings import OPTIONS, SETTINGS, Setting, check_options, coerce
from boto.core.errors import ConfigError, UnknownOption


def test_names_are_not_used_twice():
    variables = [name for row in SETTINGS.values() for name in row.env]
    keys = [row.key for row in SETTINGS.values() if row.key]
    assert len(set(variables)) == len(variables)
    assert len(set(keys)) == len(keys)


def test_every_documented_option_is_there():
    documented = (
        "region endpoint_url profile aws_access_key_id aws_secret_access_key aws_session_token credentials "
        "signer connection proxies proxy_auth basic_auth verify cert transport connect_timeout read_timeout "
        "timeout retries use_fips_endpoint use_dualstack_endpoint form"
    )
    assert set(documented.split()) <= OPTIONS


def test_rows_whose_kind_has_no_rule_can_come_from_options_only():
    """Text from outside must be given a form somewhere."""
    for row in SETTINGS.values():
        if row.kind == "any":
            assert not (row.env or row.key or row.boto), row


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("regoin", "'region'"),
        ("region_name", "'region'"),
        ("profile_name", "'profile'"),
        ("dynamo", "'dynamodb'"),
    ],
)
def test_an_unknown_option_names_the_nearest(name, hint):
    with pytest.raises(UnknownOption, match=hint) as caught:
        check_options(["region", name], also=["s3", "dynamodb"])
    assert caught.value.name == name
    assert isinstance(caught.value, TypeError)


def test_an_option_unlike_any_lists_options_but_not_hundreds_of_services():
    with pytest.raises(UnknownOption, match=r"options are .*, region, ") as caught:
        check_options(["qqqq"], also=["s3"])
    assert "s3" not in str(caught.value)


def test_known_options_and_services_pass():
    check_options(["region", "form", "s3"], also={"s3": None})


def test_what_only_the_environment_may_say_is_no_option():
    with pytest.raises(UnknownOption):
        check_options(["config_file"])


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("text", "x", "x"),
        ("switch", "TRUE", True),
        ("switch", " 0 ", False),
        ("switch", False, False),
        ("seconds", "1.5", 1.5),
        ("seconds", 3, 3.0),
        ("attempts", "4", 4),
        ("url", " https://h:1/p ", "https://h:1/p"),
        ("url", "HTTP://h", "HTTP://h"),
        ("trust", "false", False),
        ("trust", "/etc/ca.pem", "/etc/ca.pem"),
        ("trust", pathlib.PurePosixPath("/etc/ca.pem"), "/etc/ca.pem"),
        ("retries", "3", 3),
        ("retries", 0, 0),
        ("retries", "standard", "standard"),
        ("form", "wire", "wire"),
        ("any", 17, 17),
        ("switch", None, None),
    ],
)
def test_values_get_their_type(kind, given, value):
    got = coerce(Setting("x", kind), given, "somewhere")
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    ("kind", "given", "form"),
    [
        ("text", b"hidden", "text"),
        ("switch", "hidden", "true or false"),
        ("switch", 1, "true or false"),
        ("seconds", "hidden", "seconds above 0"),
        ("seconds", -1, "seconds above 0"),
        ("seconds", "nan", "seconds above 0"),
        ("seconds", True, "seconds above 0"),
        ("attempts", "0", "1 or more"),
        ("attempts", 2.5, "1 or more"),
        ("url", "hidden.example", "absolute URL"),
        ("url", "ftp://hidden", "absolute URL"),
        ("url", "https://", "absolute URL"),
        ("url", "https:///hidden", "absolute URL"),
        ("trust", 3, "certificate bundle"),
        ("retries", -1, "whole number"),
        ("retries", 1.5, "whole number"),
        ("form", "hidden", "model, wire, source"),
    ],
)
def test_wrong_values_name_setting_source_and_right_form(kind, given, form):
    with pytest.raises(ConfigError) as caught:
        coerce(Setting("thing", kind), given, "SOME_VARIABLE")
    message = str(caught.value)
    assert message.startswith("SOME_VARIABLE: thing must be ")
    assert form in message
    assert "hidden" not in message
