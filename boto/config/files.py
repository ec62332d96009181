"""Configuration files: the shared `config` and `credentials` files, and those of boto 1.x.

Both look like INI but neither is what `configparser` reads. The rules here are those the AWS tools share:

- a line that begins with `#` or `;` is a comment; after a section or a value a comment needs white space
  first;
- names of properties are case-insensitive; the last of two equal ones wins, sections of one name are
  merged;
- a line indented deeper than the property above continues it; under an *empty* property such lines are
  properties of their own (`s3 =` followed by ` addressing_style = path`);
- in `config` a profile is `[profile name]`, except for `[default]`; in `credentials` it is `[name]`. Where
  both `[profile default]` and `[default]` are there, the first is meant;
- sections and properties with names that cannot be are skipped: a newer tool may have written them. A line
  that is no property at all is an error.

Errors name the file and the line but never repeat it: a malformed line of a credentials file is often a
secret.
"""

from __future__ import annotations

from boto.core.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, TypeAlias

    Section: TypeAlias = dict[str, str | dict[str, str]]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_SECTION_NAME = frozenset(_LETTERS + "_-/.%@:+")
_PROPERTY_NAME = frozenset(_LETTERS + "_-.")
_BLANK = " \t"


class _Reader:
    """Reads one text, line by line, into sections by their header's text."""

    def __init__(self, path: str, separators: str) -> None:
        self.path = path
        self.separators = separators
        self.sections: dict[str, Section] = {}
        self.section: Section | None = None
        self.key: str | None = None  # the property that a deeper line continues; "" is one that is skipped
        self.depth = 0

    def read(self, text: str) -> dict[str, Section]:
        for number, line in enumerate(text.splitlines(), 1):
            bare = line.strip()
            if bare and bare[0] not in "#;":
                try:
                    self._line(line, bare)
                except ValueError as error:
                    raise ConfigError(f"{self.path}, line {number}: {error}") from None
        return self.sections

    def _line(self, line: str, bare: str) -> None:
        depth = len(line) - len(line.lstrip(_BLANK))
        if self.key is not None and depth > self.depth:
            self._continue(bare)
        elif bare[0] == "[" and not depth:
            self._open(bare)
        elif self.section is None:
            raise ValueError("expected a section such as [default] before anything else")
        else:
            self._property(bare, depth)

    def _open(self, bare: str) -> None:
        name, bracket, rest = bare[1:].partition("]")
        rest = rest.strip()
        if not bracket or (rest and rest[0] not in "#;"):
            raise ValueError("expected the section's name to end with ']'")
        self.section = self.sections.setdefault(" ".join(name.split()), {})
        self.key = None

    def _property(self, bare: str, depth: int) -> None:
        assert self.section is not None
        name, value = self._pair(_without_comment(bare))
        self.depth = depth
        self.key = name if _PROPERTY_NAME.issuperset(name) else ""
        if self.key:
            self.section[name] = value

    def _continue(self, bare: str) -> None:
        assert self.section is not None
        if not self.key:
            return
        value = self.section[self.key]
        if isinstance(value, str) and value:
            self.section[self.key] = f"{value}\n{bare}"
            return
        name, text = self._pair(bare)
        if isinstance(value, str):
            value = self.section[self.key] = {}
        value[name] = text

    def _pair(self, text: str) -> tuple[str, str]:
        places = [place for place in map(text.find, self.separators) if place >= 0]
        if not places:
            raise ValueError(f"expected a property, `name {self.separators[0]} value`")
        name = text[: min(places)].strip().lower()
        if not name:
            raise ValueError("expected the property's name before the sign")
        return name, text[min(places) + 1 :].strip()


def _without_comment(text: str) -> str:
    """`value ; note` is a value and a comment, `value;note` is a value."""
    for place in range(1, len(text)):
        if text[place] in "#;" and text[place - 1] in _BLANK:
            return text[:place]
    return text


def parse(text: str, path: str = "<text>", separators: str = "=") -> dict[str, Section]:
    """The sections of a file by their headers' text. Raises ConfigError for what is no such file."""
    return _Reader(path, separators).read(text)


class Profiles:
    """What the shared files say: profiles, and the named blocks that profiles refer to."""

    __slots__ = ("profiles", "services", "sso_sessions")

    def __init__(self, config: dict[str, Section], credentials: dict[str, Section]) -> None:
        self.profiles: Final[dict[str, Section]] = {}
        self.services: Final[dict[str, Section]] = {}
        self.sso_sessions: Final[dict[str, Section]] = {}
        kinds = {"profile": self.profiles, "services": self.services, "sso-session": self.sso_sessions}
        for header, section in config.items():
            kind, _, name = header.partition(" ")
            if kind in kinds and (known := _name(name)) is not None:
                kinds[kind].setdefault(known, {}).update(section)
        if "default" in config and "default" not in self.profiles:
            self.profiles["default"] = dict(config["default"])
        for header, section in credentials.items():
            if (known := _name(header)) is not None:
                self.profiles.setdefault(known, {}).update(section)


def _name(text: str) -> str | None:
    """A section's own name, or None if it cannot be one. A quoted name may hold anything."""
    if len(text) > 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text if text and _SECTION_NAME.issuperset(text) else None


def read(path: str) -> str:
    """The text of a file; nothing when there is no such file. Does I/O: belongs into a `Block`."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""
    except UnicodeDecodeError:
        raise ConfigError(f"{path} is not UTF-8 text") from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
