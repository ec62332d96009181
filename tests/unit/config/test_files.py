"""The reader of configuration files, rule by rule."""

import pytest

from boto.config.files import Profiles, parse, read
from boto.core.errors import ConfigError


def profiles(config="", credentials=""):
    return Profiles(parse(config, "config"), parse(credentials, "credentials")).profiles


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", {}),
        ("[default]", {"default": {}}),
        ("\ufeff[default]".lstrip("\ufeff"), {"default": {}}),
        ("[ \tprofile   foo \t]\nname \t= \tvalue \t", {"foo": {"name": "value"}}),
        ("[profile foo] ; c\n# c\nNAME = v ; c # c\r\n", {"foo": {"name": "v"}}),
        ("[profile foo]#c\nname = v;not # c", {"foo": {"name": "v;not"}}),
        ("[profile foo]\nname = a=b", {"foo": {"name": "a=b"}}),
        ("[profile foo]\nname = 😂", {"foo": {"name": "😂"}}),
        ("[profile foo]\nname =\nname2 = x", {"foo": {"name": "", "name2": "x"}}),
        ("[profile foo]\nname = a\n  -b ; kept\n\t-c", {"foo": {"name": "a\n-b ; kept\n-c"}}),
        ("[profile foo]\na = 1\n[profile foo]\na = 2\nb = 3", {"foo": {"a": "2", "b": "3"}}),
        ("[profile foo]\nin valid = 1\n  and more\nname = v", {"foo": {"name": "v"}}),
        ("[profile in valid]\nname = v\n[profile ok]", {"ok": {}}),
        ('[profile "my own"]\nname = v', {"my own": {"name": "v"}}),
        ("[foo]\nname = v", {}),
        ("[profile foo]\n  name = v\n  name2 = w", {"foo": {"name": "v", "name2": "w"}}),
        ("[profile default]\na = 1\n[default]\nb = 2", {"default": {"a": "1"}}),
        ("[default]\nb = 2\n[profile default]\na = 1", {"default": {"a": "1"}}),
        (
            "[profile foo]\ns3 =\n  a = 1 ; kept\n  # not this\n\n  in valid = 2\n  b =\nx = y",
            {"foo": {"s3": {"a": "1 ; kept", "in valid": "2", "b": ""}, "x": "y"}},
        ),
    ],
)
def test_config_files(text, wanted):
    assert profiles(text) == wanted


def test_credentials_files_name_profiles_plainly():
    assert profiles("", "[foo]\na = 1\n[profile bar]\nb = 2\n[ default ]") == {
        "foo": {"a": "1"},
        "default": {},
    }


def test_credentials_win_over_config():
    config = "[profile foo]\na = 1\nb = 1\n[default]\nc = 3"
    assert profiles(config, "[foo]\nb = 2") == {"foo": {"a": "1", "b": "2"}, "default": {"c": "3"}}


def test_named_blocks():
    found = Profiles(
        parse("[services dev]\ns3 =\n  endpoint_url = http://h\n[sso-session s]\nsso_region = r"), {}
    )
    assert found.services == {"dev": {"s3": {"endpoint_url": "http://h"}}}
    assert found.sso_sessions == {"s": {"sso_region": "r"}}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hidden = 1", 1),
        ("# c\n\n -hidden", 3),
        ("[profile hidden", 1),
        ("[profile foo] hidden", 1),
        ("[profile foo]\nhidden", 2),
        ("[profile foo]\n = hidden", 2),
        ("[profile foo]\n -hidden", 2),
        ("[profile foo]\nname = v\n[profile foo]\n -hidden", 4),
        ("[profile foo]\ns3 =\n hidden", 3),
        ("[profile foo]\ns3 =\n = hidden", 3),
        ("[profile foo]\nkey : hidden", 2),
    ],
)
def test_malformed_files_name_file_and_line_and_never_the_text(text, line):
    with pytest.raises(ConfigError) as caught:
        parse(text, "/home/me/.aws/credentials")
    assert str(caught.value).startswith(f"/home/me/.aws/credentials, line {line}: ")
    assert "hidden" not in str(caught.value)


def test_boto_files_know_colons_too():
    assert parse("[Boto]\na: b=c\nd = e:f", separators="=:") == {"Boto": {"a": "b=c", "d": "e:f"}}


def test_reading(tmp_path):
    path = tmp_path / "config"
    assert read(str(path)) == ""
    assert read(str(tmp_path)) == ""
    assert read(str(path / "below")) == ""
    path.write_bytes("\ufeff[default]\na = é".encode())
    assert read(str(path)) == "[default]\na = é"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="UTF-8"):
        read(str(path))
