"""Where settings come from, layer over layer: options, the environment, a profile, ~/.boto, the default.

The first layer that has a value wins, so what a program says beats what its surroundings say. Files are read
once, and only when no earlier layer had an answer: a process that gets everything from its environment opens
none. Reading them is I/O, so inside a flow do

    if not sources.loaded:
        yield from Block(sources.load)

first; `get` reads them by itself otherwise.
"""

from __future__ import annotations

from boto.config.settings import SETTINGS, coerce

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Final

    from boto.config.files import Profiles, Section
    from boto.config.settings import Setting

BOTO_FILES = ("/etc/boto.cfg", "~/.boto")
# What else than a key pair makes a profile a source of credentials.
INDIRECT = ("role_arn", "sso_session", "sso_start_url", "web_identity_token_file", "credential_process")


class Files:
    """The files as read; shared by all `Sources` of a session."""

    __slots__ = ("boto", "boto_files", "env", "home", "loaded", "profiles")
    boto: dict[str, Section]
    profiles: Profiles

    def __init__(self, env: Mapping[str, str], home: str, boto_files: tuple[str, ...] = BOTO_FILES) -> None:
        self.env: Final = env
        self.home: Final = home
        self.boto_files: Final = boto_files
        self.loaded = False

    @classmethod
    def none(cls) -> Files:
        """No files at all, for services that the files of AWS's tools do not speak for."""
        from boto.config.files import Profiles

        files = cls({}, "", ())
        files.profiles, files.boto, files.loaded = Profiles({}, {}), {}, True
        return files

    def load(self) -> None:
        """Read them all; once."""
        if self.loaded:
            return
        from boto.config.files import Profiles, parse, read

        config = self.path("config_file", "~/.aws/config")
        credentials = self.path("credentials_file", "~/.aws/credentials")
        self.profiles = Profiles(parse(read(config), config), parse(read(credentials), credentials))
        boto: dict[str, Section] = {}
        for path in self._boto_paths():
            for header, section in parse(read(path), path, separators="=:").items():
                boto.setdefault(header.lower(), {}).update(section)
        self.boto = boto  # whole: another thread may have loaded them as well, and be reading
        self.loaded = True

    def __reduce__(self) -> Any:
        raise TypeError("settings may hold secrets and are not pickled; pickle the service")

    def path(self, setting: str, default: str) -> str:
        named = SETTINGS[setting].env
        return self._expand(next((self.env[name] for name in named if self.env.get(name)), default))

    def _expand(self, path: str) -> str:
        if path == "~" or path.startswith(("~/", "~\\")):
            return self.home + path[1:]
        return path

    def _boto_paths(self) -> list[str]:
        """As boto 1.x had it: BOTO_CONFIG names the only file, BOTO_PATH a list of them, later ones win."""
        one = self.path("boto_file", "")
        if one:
            return [one]
        several = self.path("boto_path", "")
        if several:
            from os import pathsep

            return [self._expand(path) for path in several.split(pathsep)]
        return [self._expand(path) for path in self.boto_files]


class Sources:
    """The layers under one set of options. `env` is any mapping, such as os.environ; `home` a folder."""

    __slots__ = ("env", "files", "options")

    def __init__(
        self,
        env: Mapping[str, str],
        home: str,
        options: Mapping[str, Any] | None = None,
        files: Files | None = None,
    ) -> None:
        self.env: Final = env
        self.options: Final[Mapping[str, Any]] = options or {}
        self.files: Final = files or Files(env, home)

    def replace(self, options: Mapping[str, Any]) -> Sources:
        """The same surroundings under other options; files that were read stay read."""
        return Sources(self.env, self.files.home, options, self.files)

    def __reduce__(self) -> Any:
        raise TypeError("settings may hold secrets and are not pickled; pickle the service")

    @property
    def loaded(self) -> bool:
        return self.files.loaded

    def load(self) -> None:
        """Read the files, unless that was done. Does I/O."""
        self.files.load()

    def known(self, name: str) -> bool:
        """Whether options or the environment answer, so that no file is needed."""
        return self._said(SETTINGS[name])[0] is not None

    def get(self, name: str) -> Any:
        """The value of a setting, of its own type. Does I/O when only files that are not loaded can tell."""
        setting = SETTINGS[name]
        value, source = self._said(setting)
        if value is None and (setting.key or setting.boto):
            value, source = self._written(setting)
        if value is None:
            return self._default(setting)
        return coerce(setting, value, source)

    @property
    def profile(self) -> str:
        """The name of the profile."""
        return self._said(SETTINGS["profile"])[0] or "default"

    @property
    def section(self) -> Section:
        """The profile's properties. Raises ConfigError if it was asked for by name and is nowhere."""
        self.load()
        name = self.profile
        found = self.files.profiles.profiles.get(name)
        if found is None:
            if self.known("profile"):
                from boto.core.errors import ConfigError, nearest

                source = self._said(SETTINGS["profile"])[1]
                hint = nearest(name, self.files.profiles.profiles)
                raise ConfigError(
                    f"{source}: no profile {name!r} in the shared config and credentials files{hint}"
                )
            return {}
        return found

    def block(self, name: str) -> dict[str, str]:
        """A nested block of the profile, such as `s3 =` with indented lines; empty if there is none."""
        value = self.section.get(name)
        return value if isinstance(value, dict) else {}

    def boto(self, section: str, key: str) -> str | None:
        """A value of a boto 1.x file."""
        self.load()
        value = self.files.boto.get(section.lower(), {}).get(key)
        return value if isinstance(value, str) and value else None

    def endpoint_url(self, service_id: str) -> str | None:
        """The URL configured for a service, by its id (`Bedrock Runtime`); what is for it alone comes first.

        The option is for this service and no setting switches it off.
        """
        setting = SETTINGS["endpoint_url"]
        if self.options.get("endpoint_url") is not None:
            return str(coerce(setting, self.options["endpoint_url"], "option endpoint_url"))
        if self.get("ignore_configured_endpoint_urls"):
            return None
        name = service_id.replace(" ", "_").replace("-", "_")
        own = f"{setting.env[0]}_{name.upper()}"
        for variable in (own, *setting.env):
            if self.env.get(variable):
                return str(coerce(setting, self.env[variable], variable))
        return self._endpoint_in_profile(setting, name.lower())

    def _endpoint_in_profile(self, setting: Setting, service: str) -> str | None:
        section = self.section
        name = section.get("services")
        if isinstance(name, str) and name:
            services = self.files.profiles.services.get(name)
            if services is None:
                from boto.core.errors import ConfigError

                raise ConfigError(
                    f"profile {self.profile}: there is no section [services {name}] in the config file"
                )
            own = services.get(service)
            if isinstance(own, dict) and own.get(setting.key):
                return str(coerce(setting, own[setting.key], f"[services {name}], {service}"))
        value = section.get(setting.key)
        return str(coerce(setting, value, f"profile {self.profile}")) if value else None

    def _said(self, setting: Setting) -> tuple[Any, str]:
        """What options and the environment say, and which of them."""
        value = self.options.get(setting.name)
        if value is not None:
            return value, f"option {setting.name}"
        for variable in setting.env:
            value = self.env.get(variable)
            if value:
                return value, variable
        return None, ""

    def _written(self, setting: Setting) -> tuple[Any, str]:
        """What the files say."""
        value: Any = self.section.get(setting.key) if setting.key else None
        if isinstance(value, str) and value:
            return value, f"profile {self.profile}"
        if setting.boto:
            return self.boto(*setting.boto), f"boto 1.x file, [{setting.boto[0]}] {setting.boto[1]}"
        return None, ""

    def _default(self, setting: Setting) -> Any:
        # boto 1.x went to us-east-1 unless told otherwise, and a ~/.boto from its days relies on that.
        if setting.name == "region" and self._keys_from_boto():
            return "us-east-1"
        return setting.default

    def _keys_from_boto(self) -> bool:
        if self.options.get("credentials") is not None or self.known("aws_access_key_id"):
            return False
        section = self.section
        if section.get("aws_access_key_id") or any(section.get(key) for key in INDIRECT):
            return False
        return self.boto("credentials", "aws_access_key_id") is not None
