"""Where credentials come from, in which order, and what is said when there are none."""

import pytest

from boto.auth.base import Credentials, Token
from boto.auth.chain import Chain
from boto.auth.providers.boto_config import BotoConfig
from boto.auth.providers.default import default_chain
from boto.auth.providers.environment import Environment
from boto.auth.providers.profile import Profile
from boto.auth.providers.static import Static, given
from boto.config.sources import Files, Sources
from boto.core.errors import ConfigError, NoCredentials
from boto.core.steps import Block


def run(flow):
    """Drive a flow that takes no step but Block; the outcome, and how many steps there were."""
    outcome, steps = None, 0
    try:
        while True:
            step = flow.send(outcome)
            assert isinstance(step, Block)
            outcome, steps = step.function(), steps + 1
    except StopIteration as end:
        return end.value, steps


@pytest.fixture
def surroundings(tmp_path):
    def made(env=None, options=None, **files):
        folder = tmp_path / ".aws"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (tmp_path / ".boto" if name == "boto" else folder / name).write_text(text)
        home = str(tmp_path)
        return Sources(env or {}, home, options, Files(env or {}, home, ("~/.boto",)))

    return made


ENV = {"AWS_ACCESS_KEY_ID": "env-key", "AWS_SECRET_ACCESS_KEY": "env-secret"}
PROFILE = "[default]\naws_access_key_id = p-key\naws_secret_access_key = p-secret\n"
BOTO = "[Credentials]\naws_access_key_id = b-key\naws_secret_access_key = b-secret\n"


def parts(found):
    return found.access_key, found.secret_key, found.token, found.source


def test_the_environment():
    found, steps = run(Environment({**ENV, "AWS_SESSION_TOKEN": "t", "AWS_ACCOUNT_ID": "1"}).resolve())
    assert parts(found) == ("env-key", "env-secret", "t", "environment")
    assert (found.account_id, found.expires_at, steps) == ("1", None, 0)
    assert parts(run(Environment({**ENV, "AWS_SECURITY_TOKEN": "old"}).resolve())[0])[2] == "old"


@pytest.mark.parametrize("text", ["2030-01-31T12:00:00Z", "2030-01-31T12:00:00", "2030-01-31T13:00:00+01:00"])
def test_the_environment_may_say_when_keys_expire(text):
    found, _ = run(Environment({**ENV, "AWS_CREDENTIAL_EXPIRATION": text}).resolve())
    assert found.expires_at == 1896091200.0


def test_an_expiry_that_is_no_time_is_an_error():
    with pytest.raises(ConfigError, match="AWS_CREDENTIAL_EXPIRATION must be an ISO 8601 time"):
        run(Environment({**ENV, "AWS_CREDENTIAL_EXPIRATION": "soon"}).resolve())


def test_the_profile_is_read_through_a_block(surroundings):
    sources = surroundings(credentials=PROFILE + "aws_session_token = t\naws_account_id = 1")
    found, steps = run(Profile(sources).resolve())
    assert parts(found) == ("p-key", "p-secret", "t", "profile default")
    assert (found.account_id, steps) == ("1", 1)
    assert run(Profile(sources).resolve())[1] == 0


def test_the_files_of_boto_1(surroundings):
    found, _ = run(BotoConfig(surroundings(boto=BOTO)).resolve())
    assert parts(found) == ("b-key", "b-secret", None, "~/.boto")


@pytest.mark.parametrize(
    ("provider", "missing"),
    [
        (lambda s: Environment({"AWS_ACCESS_KEY_ID": "hidden"}), "AWS_SECRET_ACCESS_KEY is not"),
        (lambda s: Environment({"AWS_SECRET_ACCESS_KEY": "hidden"}), "AWS_ACCESS_KEY_ID is not"),
        (
            lambda s: Profile(s(config="[default]\naws_access_key_id = hidden")),
            "aws_secret_access_key is not",
        ),
        (
            lambda s: BotoConfig(s(boto="[Credentials]\naws_secret_access_key = hidden")),
            "aws_access_key_id is not",
        ),
    ],
)
def test_half_a_pair_is_an_error_that_names_the_other_half(surroundings, provider, missing):
    with pytest.raises(ConfigError, match=missing) as caught:
        run(provider(surroundings).resolve())
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("key", ["role_arn", "sso_session", "sso_start_url", "web_identity_token_file"])
def test_a_profile_that_needs_more_is_passed_even_with_keys(surroundings, key):
    provider = Profile(surroundings(config=PROFILE + f"{key} = x"))
    assert run(provider.resolve())[0] is None
    assert provider.why == f"profile default has {key}, which this source cannot do yet"


def test_a_command_stands_behind_keys(surroundings):
    config = "[default]\ncredential_process = x"
    provider = Profile(surroundings(config=config))
    assert run(provider.resolve())[0] is None
    assert "credential_process" in provider.why
    assert run(Profile(surroundings(config=config, credentials=PROFILE)).resolve())[0].access_key == "p-key"


# -- the default chain


def test_the_order_of_the_default_chain(surroundings):
    assert (
        run(default_chain(surroundings(ENV, credentials=PROFILE, boto=BOTO)).resolve())[0].access_key
        == "env-key"
    )
    assert run(default_chain(surroundings()).resolve())[0].access_key == "p-key"
    assert run(default_chain(surroundings(credentials="")).resolve())[0].access_key == "b-key"


def test_keys_in_the_environment_need_no_file(surroundings):
    sources = surroundings(ENV, credentials="this is malformed")
    assert run(default_chain(sources).resolve())[1] == 0
    assert not sources.loaded


def test_a_profile_asked_for_by_option_beats_the_environment(surroundings):
    config = "[profile dev]\naws_access_key_id = dev-key\naws_secret_access_key = s"
    chain = default_chain(surroundings(ENV, {"profile": "dev"}, config=config))
    assert run(chain.resolve())[0].access_key == "dev-key"
    chain = default_chain(surroundings({**ENV, "AWS_PROFILE": "dev"}))
    assert run(chain.resolve())[0].access_key == "env-key"


def test_no_credentials_says_where_it_looked_and_why_not_there(surroundings):
    with pytest.raises(NoCredentials) as caught:
        run(default_chain(surroundings(config="[default]\nregion = r"), "ec2").resolve())
    assert caught.value.sources == [
        ("environment", "AWS_ACCESS_KEY_ID is not set"),
        ("profile", "profile default has no aws_access_key_id"),
        ("~/.boto", "no file of boto 1.x has aws_access_key_id in [Credentials]"),
    ]
    assert "no credentials for ec2" in str(caught.value)


# -- chains of one's own


class Source:
    def __init__(self, name, value=None):
        self.name, self.value, self.asked = name, value, 0

    def resolve(self):
        yield from ()
        self.asked += 1
        return self.value


def test_the_first_source_that_has_some_wins():
    late = Source("late", "late")
    chain = Chain([Source("a"), Source("b", "value"), late])
    assert run(chain.resolve())[0] == "value"
    assert late.asked == 0
    assert repr(chain) == "<Chain a > b > late>"


def test_a_source_without_a_reason_had_none():
    with pytest.raises(NoCredentials) as caught:
        run(Chain([Source("a")], "fog").resolve())
    assert caught.value.sources == [("a", "had none")]


def test_sources_are_placed_by_name():
    chain = Chain([Source("a"), Source("b")])

    def names(chain):
        return "".join(source.name for source in chain.providers)

    assert names(chain.with_provider(Source("c"))) == "abc"
    assert names(chain.with_provider(Source("c"), before="a")) == "cab"
    assert names(chain.with_provider(Source("c"), before="b")) == "acb"
    assert names(chain.with_provider(Source("c"), after="a")) == "acb"
    assert names(chain.with_provider(Source("c"), after="b")) == "abc"
    assert names(chain.without("a")) == "b"
    assert names(chain) == "ab"
    with pytest.raises(ConfigError, match="already"):
        chain.with_provider(Source("a"))
    with pytest.raises(ConfigError, match="no source named 'x'"):
        chain.with_provider(Source("c"), before="x")


# -- what a program passes


def test_nothing_given():
    assert given() is None
    assert given(access_key="", secret_key="") is None


def test_a_key_pair_given():
    found, _ = run(given(access_key="a", secret_key="s", token="t").resolve())
    assert parts(found) == ("a", "s", "t", "arguments")


@pytest.mark.parametrize(
    "value", [Credentials("a", "s"), Token("t"), ("user", "password"), {"opaque": 1}, "text"]
)
def test_values_pass_unseen(value):
    assert run(given(value).resolve())[0] is value


def test_a_provider_given_is_used_as_it_is():
    provider = Source("mine")
    assert given(provider) is provider


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"access_key": "hidden"}, "aws_secret_access_key is not"),
        ({"secret_key": "hidden"}, "aws_access_key_id is not"),
        ({"token": "hidden"}, "without a key"),
        ({"credentials": Token("hidden"), "access_key": "a", "secret_key": "hidden"}, "twice"),
    ],
)
def test_arguments_that_do_not_fit(arguments, says):
    with pytest.raises(ConfigError, match=says) as caught:
        given(**arguments)
    assert "hidden" not in str(caught.value)


def test_nothing_shows_a_secret():
    assert "hidden" not in repr(Static(Credentials("hidden-access", "hidden")))
