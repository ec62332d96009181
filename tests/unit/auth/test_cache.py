"""The cache of credentials, in its three spans of time."""

import pytest

from boto.auth.base import Credentials, Token
from boto.auth.cache import CredentialCache
from boto.core.errors import ConfigError, NoCredentials
from boto.core.steps import Once, Sleep


class Issuer:
    """Hands out credentials that live for a while, taking one step to do so."""

    name = "issuer"
    why = "the issuer is out"

    def __init__(self, life=3600.0):
        self.life, self.now, self.count, self.error = life, 0.0, 0, None

    def resolve(self):
        yield from Sleep(0)
        self.count += 1
        if self.error:
            raise self.error
        if self.life is None:
            return None
        return Credentials(f"key{self.count}", "secret", None, self.now + self.life)


def run(flow):
    """Drive a flow; single flights run alone."""
    try:
        step = next(flow)
        while True:
            try:
                outcome = run(step.flow()) if isinstance(step, Once) else None
            except ConfigError as error:
                step = flow.throw(error)
            else:
                step = flow.send(outcome)
    except StopIteration as end:
        return end.value


def at(cache, issuer, now):
    issuer.now = now
    return (cache.current(now) or run(cache.resolve(now))).access_key


def test_fresh_usable_due():
    issuer = Issuer(3600.0)
    cache = CredentialCache(issuer)
    assert cache.current(0.0) is None
    assert at(cache, issuer, 0.0) == "key1"
    assert at(cache, issuer, 2699.0) == "key1"
    assert at(cache, issuer, 2700.0) == "key2"  # within the advisory quarter of an hour: renewed
    assert at(cache, issuer, 2701.0) == "key2"
    assert issuer.count == 2


def test_renewing_may_fail_while_credentials_are_usable():
    issuer = Issuer(3600.0)
    cache = CredentialCache(issuer)
    at(cache, issuer, 0.0)
    issuer.error = ConfigError("down")
    assert at(cache, issuer, 2700.0) == "key1"
    assert at(cache, issuer, 2720.0) == "key1"
    assert issuer.count == 2, "a failure is not repeated at once"
    assert at(cache, issuer, 2731.0) == "key1"
    assert issuer.count == 3
    with pytest.raises(ConfigError, match="down"):
        at(cache, issuer, 3000.0)


def test_others_go_on_while_one_renews():
    issuer = Issuer(3600.0)
    cache = CredentialCache(issuer)
    at(cache, issuer, 0.0)
    renewing = cache.resolve(2700.0)
    assert isinstance(next(renewing), Once)
    assert cache.current(2700.0).access_key == "key1"
    assert run(cache.resolve(2700.5)).access_key == "key1"


def test_when_due_all_wait_for_one_flight():
    issuer = Issuer(3600.0)
    cache = CredentialCache(issuer)
    first, second = next(cache.resolve(0.0)), next(cache.resolve(0.0))
    assert first.key == second.key
    found = run(first.flow())
    assert run(second.flow()) is found, "a flight that was boarded late does not fetch again"
    assert issuer.count == 1


@pytest.mark.parametrize("life", [1.0, 60.0, 900.0])
def test_short_lives_have_short_spans(life):
    issuer = Issuer(life)
    cache = CredentialCache(issuer)
    assert at(cache, issuer, 0.0) == "key1"
    assert at(cache, issuer, life * 0.49) == "key1"
    assert issuer.count == 1


def test_nobody_gets_expired_ones_while_short_lives_are_renewed():
    issuer = Issuer(20.0)
    cache = CredentialCache(issuer)
    at(cache, issuer, 0.0)
    issuer.error = ConfigError("down")
    assert at(cache, issuer, 14.0) == "key1", "usable, and renewing failed"
    assert cache.current(15.0) is None, "due a quarter of its life before it ends"
    with pytest.raises(ConfigError, match="down"):
        at(cache, issuer, 21.0)


def test_credentials_that_are_expired_already_are_not_kept():
    issuer = Issuer(-5.0)
    cache = CredentialCache(issuer)
    assert at(cache, issuer, 0.0) == "key1"
    assert cache.current(0.0) is None


@pytest.mark.parametrize("value", [Token("t"), ("user", "password"), "opaque", Credentials("a", "s")])
def test_what_never_expires_is_fetched_once(value):
    class Provider:
        name = "values"

        def resolve(self):
            yield from ()
            return value

    cache = CredentialCache(Provider())
    assert run(cache.resolve(0.0)) is value
    assert cache.current(9e12) is value


def test_forgetting():
    issuer = Issuer()
    cache = CredentialCache(issuer)
    at(cache, issuer, 0.0)
    cache.forget()
    assert cache.current(1.0) is None
    assert at(cache, issuer, 1.0) == "key2"


def test_a_provider_that_declines():
    with pytest.raises(NoCredentials, match="the issuer is out"):
        run(CredentialCache(Issuer(None)).resolve(0.0))


def test_it_shows_no_secret():
    issuer = Issuer()
    cache = CredentialCache(issuer)
    at(cache, issuer, 0.0)
    assert "secret" not in repr(cache)
