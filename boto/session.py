"""Session: settings, credentials and connections that services share.

Sessions are cheap and may be many: what is known about APIs is shared by the whole process, the environment is
read when a service is connected, files when they are first needed, and a connection opens when it first sends.
"""

from __future__ import annotations

import sys
from os import environ

from boto.config.settings import OPTIONS, SETTINGS, check_options, coerce
from boto.config.sources import Files, Sources
from boto.registry import identifier, load, registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from typing import Any, TypeVar

    from boto.auth.cache import CredentialCache
    from boto.registry import Registry
    from boto.services.base import Service

    S = TypeVar("S", bound="Session")

# What a connection is made of. Services whose options agree in these share one.
_NETWORK = (
    "transport", "proxies", "proxy_auth", "basic_auth", "verify", "cert", "connect_timeout", "read_timeout",
)  # fmt: skip

# What decides which files are read.
_FILES = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "BOTO_CONFIG", "BOTO_PATH", "HOME", "USERPROFILE")

# Options that may be pickled: what a Service needs to be connected again elsewhere. Secrets stay here.
_SECRET = frozenset(("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "credentials", "proxies",
                     "proxy_auth", "basic_auth", "connection", "transport"))  # fmt: skip


class Session:
    """Connects services under common options; every option of `connect_to` can be given here for all.

    Options: region, endpoint_url, profile, aws_access_key_id, aws_secret_access_key, aws_session_token,
    credentials, signer, connection, proxies, proxy_auth, basic_auth, verify, cert, transport, connect_timeout,
    read_timeout, timeout (all in seconds), retries, use_fips_endpoint, use_dualstack_endpoint, form.
    """

    _connection_kind = "boto.transport.driver:Connection"
    _is_async = False
    _wanted = "boto.Connection"

    def __init__(self, *, registry: Registry = registry, **options: Any) -> None:
        self.registry = registry
        self._options = options
        self._connections: list[tuple[dict[str, Any], Any]] = []
        self._credentials: dict[Hashable, CredentialCache] = {}
        self._files: dict[Hashable, Files] = {}
        try:
            self._check(options)
            if "description" in options:
                raise load("boto.core.errors:UnknownOption")("description", OPTIONS - {"description"})
        except BaseException:
            options.clear()  # what was said is not for the local variables of a traceback
            raise

    def _check(self, options: Mapping[str, Any]) -> None:
        """Raises UnknownOption and ConfigError for names and values that no call could use."""
        check_options(options, self._service_options(options))
        for name, value in options.items():
            if name in SETTINGS:
                coerce(SETTINGS[name], value, f"option {name}")

    def _service_options(self, options: Mapping[str, Any]) -> list[str]:
        """The options under a service's own name."""
        others = [name for name in options if name not in OPTIONS]
        return (
            [name for name in others if name in map(identifier, self.registry.services())]
            if others
            else others
        )

    def connect_to(self, name: str | None = None, /, **options: Any) -> Service[Any]:
        """A service, ready to be called. Nothing is read or sent before the first call.

        `name` is a service's name (`ec2`, `aws:ec2`, `cognito-idp` or `cognito_idp`); without one,
        `description=` brings an API description as a path or dict. Raises UnknownService and UnknownOption
        with the nearest name.
        """
        description = options.pop("description", None)
        try:
            if options:
                self._check(options)
            if not (name is None or isinstance(name, str)):
                raise load("boto.core.errors:ConfigError")(
                    f"a service is named by text, not by {type(name).__name__}"
                )
            if name is None or description is not None:
                kind = self._described(name, description)
            else:
                kind = self.registry.service(name)
            return self._made(kind, {**self._options, **options} if options else self._options)
        except load("boto.core.errors:BotoError") as error:  # an import that only a failure pays for
            options.clear()  # as above; and the frames below, which were called with them, go as well
            raise error.with_traceback(None)  # noqa: B904 - the same error, not a new one

    get_connection = connect_to

    def _described(self, name: str | None, description: Any) -> type[Service[Any]]:
        from boto.core.errors import ConfigError
        from boto.models.documents import read
        from boto.services.base import Service
        from boto.services.factory import make

        if description is None:
            raise ConfigError("connect() needs the name of a service, or description= with a path or a dict")
        found = read(description, name)
        known = name or found.id
        provider = self.registry.provider_of(found)
        kind = make((provider and provider.service(known)) or Service, known, found)
        if provider is not None:
            kind.provider = provider
        return kind

    def _made(self, kind: type[Service[Any]], options: Mapping[str, Any]) -> Service[Any]:
        given = options.get("connection")
        if given is not None and _gives_awaitables(given) is not self._is_async:
            raise load("boto.core.errors:ConfigError")(f"option connection must be a {self._wanted}")
        own = identifier(kind.name)
        if options.get(own) is not None and own not in OPTIONS:
            load("boto.services.own:check")(kind, own, options[own])
        settings = self._sources(options, kind.provider.ambient)
        return kind(self, settings, lambda: self._connection(settings))

    def _sources(self, options: Mapping[str, Any], ambient: bool) -> Sources:
        """The settings for these options, and for what surrounds them now if that speaks for the service."""
        if not ambient:
            return Sources({}, "", options, Files.none())
        env = dict(environ)
        key = tuple(env.get(name) for name in _FILES)
        files = self._files.get(key)
        if files is None:
            files = self._files[key] = Files(env, env.get("HOME") or env.get("USERPROFILE") or "")
        return Sources(env, files.home, options, files)

    def connections(self) -> list[Any]:
        """The connections this session has made, so far."""
        return [connection for _, connection in self._connections]

    # -- what services ask their session for --------------------------------------------------------------

    def _connection(self, settings: Sources) -> Any:
        """The connection for these settings; the one in common unless network options differ."""
        given = settings.get("connection")
        if given is not None:
            return given
        options = {name: settings.get(name) for name in _NETWORK}
        for known, made in self._connections:
            if known == options:
                return made
        made = load(self._connection_kind)(**options)
        self._connections.append((options, made))
        return made

    def credentials(self, service: Service[Any]) -> CredentialCache | None:
        """The credentials of a service, shared with others whose settings lead to the same."""
        provider, settings = service.provider, service._settings
        key = provider.identity(settings)
        if key is None:
            return provider.credential_cache(settings, service.name)
        made = self._credentials.get(key)
        if made is None:
            made = self._credentials.setdefault(key, provider.credential_cache(settings, service.name))
        return made

    def varied(self, service: Service[Any], options: dict[str, Any]) -> Service[Any]:
        """The service under further options."""
        self._check(options)
        settings = service._settings.replace({**service._settings.options, **options})
        connect: Callable[[], Any] = lambda: service.connection  # noqa: E731 - the copy shares the connection
        if any(name in options for name in (*_NETWORK, "connection")):
            connect = lambda: self._connection(settings)  # noqa: E731 - as above
        return type(service)(self, settings, connect)

    def release(self, service: Service[Any]) -> Any:
        """Closes the connections this session made, unless the service was given one."""
        if service._settings.get("connection") is not None:
            return service.connection.run(_nothing())
        return self.close()

    def close(self) -> Any:
        """Closes all connections of this session; later calls open them again. Awaitable on asyncio."""
        for connection in self.connections():
            connection.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Session:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def restoring(self, service: Service[Any]) -> Any:
        """How a service is pickled: its name and its options, no secret among them."""
        from boto.core.errors import UnknownService

        try:
            known = self.registry.service(service.name)
        except UnknownService:
            known = None
        if known is not type(service):
            raise TypeError(f"{service!r} is not pickled: there is no way back to it by its name")
        return _restored, (type(self), service.name, _plain(service._settings.options))

    def __reduce__(self) -> Any:
        return _session, (type(self), _plain(self._options))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in _plain(self._options).items())
        return f"<Session {shown}>" if shown else "<Session>"


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that everybody may see."""
    return {name: value for name, value in options.items() if name not in _SECRET and value is not None}


def _session(kind: type[Session], options: dict[str, Any]) -> Session:
    return kind(**options)


def _restored(kind: type[Session], name: str, options: dict[str, Any]) -> Service[Any]:
    return default(kind).connect_to(name, **options)


def _nothing() -> Any:
    return None
    yield


def _gives_awaitables(connection: Any) -> bool | None:
    """Whether a connection's calls are awaitable; None for what is no connection."""
    run = getattr(type(connection), "run", None)
    code = getattr(run, "__code__", None)
    if run is None or not hasattr(connection, "iterate"):
        return None
    return bool(code is not None and code.co_flags & 0x80)  # inspect.CO_COROUTINE


_defaults: dict[type[Session], Any] = {}


def default(kind: type[S] = Session) -> S:  # type: ignore[assignment]  # a default stands for any kind
    """The session behind `boto.connect`, or that of `boto.aio.connect`; made when it is first needed."""
    made: S | None = _defaults.get(kind)
    if made is None:
        made = _defaults.setdefault(kind, kind())
    return made


def connector(name: str, connect: Callable[..., Any], module: str) -> Any:
    """The function `connect_<service>` for a module's `__getattr__`."""
    service = name.removeprefix("connect_")
    if service == name or not service:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    kind = _connectable(service)

    def connect_service(
        aws_access_key_id: str | None = None, aws_secret_access_key: str | None = None, **options: Any
    ) -> Any:
        if aws_access_key_id is not None:
            options["aws_access_key_id"] = aws_access_key_id
        if aws_secret_access_key is not None:
            options["aws_secret_access_key"] = aws_secret_access_key
        del aws_access_key_id, aws_secret_access_key
        try:
            return connect(kind.name, **options)
        finally:
            options.clear()  # what was said is not for the local variables of a traceback

    connect_service.__name__ = connect_service.__qualname__ = name
    connect_service.__module__ = module
    connect_service.__doc__ = f"Connects to {kind.name}; options as `boto.Session` takes them."
    setattr(sys.modules[module], name, connect_service)
    return connect_service


def _connectable(service: str) -> type[Service[Any]]:
    try:
        return registry.service(service)
    except load("boto.core.errors:UnknownService") as error:  # an import that only a failure pays for
        from boto.core.errors import UnknownConnector

        raise UnknownConnector(service, registry.services()) from error


def connectors() -> list[str]:
    """The names of all `connect_<service>` functions."""
    names = {*registry.services(), *registry.aliases()}
    return sorted(f"connect_{identifier(name)}" for name in names)


def __getattr__(name: str) -> Any:
    """`boto.session.connect_to(...)`: the module stands for the default session."""
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(default(), name)
