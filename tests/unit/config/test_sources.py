"""Layers of settings: which wins, when files are read, and what boto 1.x files still mean."""

import builtins

import pytest

from boto.config.sources import Files, Sources
from boto.core.errors import ConfigError


@pytest.fixture
def surroundings(tmp_path):
    """Writes files into a home folder and gives the sources of that home."""

    def made(env=None, options=None, **files):
        folder = tmp_path / ".aws"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (tmp_path / ".boto" if name == "boto" else folder / name).write_text(text)
        home = str(tmp_path)
        return Sources(env or {}, home, options, Files(env or {}, home, ("~/.boto",)))

    return made


CONFIG = "[default]\nregion = from-profile\n[profile dev]\nregion = from-dev\nread_timeout = 7"


def test_each_layer_wins_over_the_next(surroundings):
    boto = "[Boto]\nec2_region_name = from-boto"
    env = {"AWS_DEFAULT_REGION": "second", "AWS_REGION": "first"}
    assert surroundings(env, {"region": "option"}, config=CONFIG, boto=boto).get("region") == "option"
    assert surroundings(env).get("region") == "first"
    assert surroundings({"AWS_REGION": "", "AWS_DEFAULT_REGION": "second"}).get("region") == "second"
    assert surroundings().get("region") == "from-profile"
    assert surroundings(config="").get("region") == "from-boto"
    assert surroundings(boto="").get("region") is None


def test_an_option_of_none_says_nothing(surroundings):
    assert surroundings({"AWS_REGION": "r"}, {"region": None}).get("region") == "r"


def test_values_have_their_type(surroundings):
    sources = surroundings({"AWS_PROFILE": "dev", "AWS_USE_FIPS_ENDPOINT": "1"}, config=CONFIG)
    assert sources.get("read_timeout") == 7.0
    assert sources.get("connect_timeout") == 10.0
    assert sources.get("use_fips_endpoint") is True
    assert sources.get("use_dualstack_endpoint") is False
    assert sources.get("verify") is True


def test_wrong_values_name_where_they_are(surroundings):
    config = "[profile dev]\nread_timeout = soon"
    with pytest.raises(ConfigError, match="profile dev: read_timeout must be a number"):
        surroundings({}, {"profile": "dev"}, config=config).get("read_timeout")
    with pytest.raises(ConfigError, match="AWS_USE_FIPS_ENDPOINT: use_fips_endpoint"):
        surroundings({"AWS_USE_FIPS_ENDPOINT": "maybe"}).get("use_fips_endpoint")
    with pytest.raises(ConfigError, match="option connect_timeout: connect_timeout"):
        surroundings({}, {"connect_timeout": "soon"}).get("connect_timeout")


def test_files_are_read_once_and_only_when_needed(surroundings, monkeypatch):
    opened = []
    plain = builtins.open
    monkeypatch.setattr(builtins, "open", lambda path, *a, **k: opened.append(path) or plain(path, *a, **k))
    sources = surroundings({"AWS_REGION": "r"}, {"aws_access_key_id": "a"})
    assert (
        sources.known("region") and sources.known("aws_access_key_id") and not sources.known("read_timeout")
    )
    assert sources.get("region") == "r"
    assert not sources.loaded and not opened
    assert sources.get("read_timeout") == 60.0
    assert sources.loaded
    assert len(opened) == 3
    other = sources.replace({"profile": None})
    assert other.loaded
    other.load()
    assert other.get("connect_timeout") == 10.0
    assert len(opened) == 3


def test_loading_again_takes_nothing_from_who_reads(surroundings, monkeypatch):
    from boto.config import files as module

    sources = surroundings(boto="[Boto]\nec2_region_name = here")
    sources.load()
    read, seen = module.read, []

    def reading(path):
        seen.append(sources.files.boto)
        return read(path)

    monkeypatch.setattr(module, "read", reading)
    sources.files.loaded = False  # as another thread saw it that began at the same time
    sources.load()
    assert seen[-1] == sources.files.boto == {"boto": {"ec2_region_name": "here"}}


def test_a_profile_that_was_asked_for_must_be_there(surroundings):
    for env, options, source in (
        ({"AWS_PROFILE": "deb"}, {}, "AWS_PROFILE"),
        ({}, {"profile": "deb"}, "option profile"),
    ):
        with pytest.raises(ConfigError, match=f"{source}: no profile 'deb'.*did you mean 'dev'"):
            surroundings(env, options, config=CONFIG).get("read_timeout")
    assert surroundings(config="").section == {}


def test_files_can_be_elsewhere(surroundings, tmp_path):
    (tmp_path / "c").write_text("[default]\nregion = c")
    (tmp_path / "k").write_text("[default]\naws_access_key_id = k")
    env = {"AWS_CONFIG_FILE": "~/c", "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "k")}
    sources = surroundings(env, config=CONFIG)
    assert sources.get("region") == "c"
    assert sources.section["aws_access_key_id"] == "k"


def test_nested_blocks(surroundings):
    sources = surroundings(config="[default]\ns3 =\n  addressing_style = path\nregion = r")
    assert sources.block("s3") == {"addressing_style": "path"}
    assert sources.block("region") == {} == sources.block("other")


# -- boto 1.x

KEYS = "[Credentials]\naws_access_key_id = a\naws_secret_access_key: s\n"


def test_us_east_1_when_the_keys_come_from_boto(surroundings):
    assert surroundings(boto=KEYS).get("region") == "us-east-1"
    assert surroundings(boto=KEYS + "[Boto]\nec2_region_name = eu").get("region") == "eu"


@pytest.mark.parametrize(
    ("env", "options", "config"),
    [
        ({"AWS_ACCESS_KEY_ID": "a"}, {}, ""),
        ({}, {"aws_access_key_id": "a"}, ""),
        ({}, {"credentials": object()}, ""),
        ({}, {}, "[default]\naws_access_key_id = a"),
        ({}, {}, "[default]\nrole_arn = a"),
    ],
)
def test_no_region_when_they_come_from_elsewhere(surroundings, env, options, config):
    assert surroundings(env, options, config=config, boto=KEYS).get("region") is None


def test_boto_config_names_the_only_file(surroundings, tmp_path):
    (tmp_path / "other").write_text("[boto]\nec2_region_name = other")
    assert surroundings({"BOTO_CONFIG": "~/other"}, boto=KEYS).get("region") == "other"


def test_boto_path_lists_files_and_the_last_one_wins(surroundings, tmp_path):
    (tmp_path / "one").write_text("[Boto]\nec2_region_name = one\nhttp_socket_timeout = 5")
    (tmp_path / "two").write_text("[Boto]\nec2_region_name = two")
    sources = surroundings({"BOTO_PATH": f"~/one:{tmp_path}/two"})
    assert (sources.get("region"), sources.get("read_timeout")) == ("two", 5.0)


# -- endpoint URLs

SERVICES = (
    "[default]\nservices = dev\nendpoint_url = http://all\n"
    "[services dev]\ns3 =\n  endpoint_url = http://s3\nbedrock_runtime =\n  endpoint_url = http://br\n"
)


def test_endpoint_urls_from_the_nearest_to_the_widest(surroundings):
    env = {"AWS_ENDPOINT_URL_BEDROCK_RUNTIME": "http://env-br", "AWS_ENDPOINT_URL": "http://env"}
    options = {"endpoint_url": "http://option"}
    assert surroundings(env, options, config=SERVICES).endpoint_url("S3") == "http://option"
    assert surroundings(env).endpoint_url("Bedrock Runtime") == "http://env-br"
    assert surroundings(env).endpoint_url("bedrock-runtime") == "http://env-br"
    assert surroundings(env).endpoint_url("S3") == "http://env"
    assert surroundings().endpoint_url("Bedrock Runtime") == "http://br"
    assert surroundings().endpoint_url("S3") == "http://s3"
    assert surroundings().endpoint_url("EC2") == "http://all"
    assert surroundings(config="").endpoint_url("EC2") is None


def test_configured_urls_can_be_ignored_but_not_the_option(surroundings):
    env = {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL_S3": "http://env"}
    assert surroundings(env, config=SERVICES).endpoint_url("S3") is None
    assert surroundings(env, {"endpoint_url": "http://option"}).endpoint_url("S3") == "http://option"
    config = SERVICES.replace("[default]", "[default]\nignore_configured_endpoint_urls = true")
    assert surroundings(config=config).endpoint_url("S3") is None


def test_wrong_urls_name_where_they_are(surroundings):
    with pytest.raises(ConfigError, match="AWS_ENDPOINT_URL_S3: endpoint_url must be an absolute URL"):
        surroundings({"AWS_ENDPOINT_URL_S3": "localhost"}).endpoint_url("s3")
    config = "[default]\nservices = gone"
    with pytest.raises(ConfigError, match=r"no section \[services gone\]"):
        surroundings(config=config).endpoint_url("s3")
