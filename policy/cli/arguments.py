"""Flags: what a verb declares, what the command line and the environment give for it, and its help.

The standard parser is not used: it takes 8 ms to import, speaks English only, and aligns Chinese wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from policy.cli.screen import Screen, UsageError
from policy.lang.noun import noun
from policy.near import nearest
from policy.width import pad, width

__all__ = ["HELP", "LANG", "Arguments", "Flag", "choice", "help_text", "parse", "table", "whole"]


def _same(text: str) -> str:
    return text


class Flag(NamedTuple):
    """A flag of a verb. Without `metavar` it is a switch; `many` may be given several times.

    `help` is the code of its description. `read` turns its text into a value or raises UsageError. The environment variable
    `POLICY_<NAME>` gives its value unless `environment` is false.
    """

    name: str
    help: str
    metavar: str = ""
    short: str = ""
    many: bool = False
    default: str | None = None
    read: Callable[[str], Any] = _same
    environment: bool = True

    @property
    def variable(self) -> str:
        return "POLICY_" + self.name.upper().replace("-", "_")


@noun
class Arguments:
    """What was given: `words` are the arguments that are no flags, `_origins` are the flags and variables that gave the values."""

    words: tuple[str, ...]
    _values: dict[str, Any]
    _origins: dict[str, str]

    def __getitem__(self, flag: str) -> Any:
        """The value of a flag: of a switch a bool, of one that may be given many times a tuple, else None where it has none."""
        return self._values[flag]

    def origin(self, flag: str) -> str | None:
        """What gave the value of a flag, as the user wrote it: `--set` or `POLICY_SET`; None where it has its default."""
        return self._origins.get(flag)

    def filled(self, words: tuple[str, ...], flags: Sequence[Flag], texts: Mapping[str, Sequence[str]]) -> Arguments:
        """The arguments with other words, and with values for flags that nobody gave, by name."""
        open_ = [flag for flag in flags if flag.name in texts and not self.origin(flag.name)]
        own = {flag.name: _read(flag, list(texts[flag.name])) for flag in open_}
        return Arguments(words, {**self._values, **own}, self._origins)


def choice(*choices: str) -> Callable[[str], str]:
    """Reads one of some words."""

    def read(text: str) -> str:
        if text not in choices:
            raise UsageError("U50", value=text, known="\n".join(choices))
        return text

    return read


def whole(text: str) -> int:
    """Reads a whole number."""
    try:
        return int(text)
    except ValueError:
        raise UsageError("U51", value=text) from None


HELP = Flag("help", "U200", short="h", environment=False)
LANG = Flag("lang", "U201", metavar="zh|en", read=choice("zh", "en"))


# --- parsing ---------------------------------------------------------------------------------------------------------


def parse(flags: Sequence[Flag], words: Sequence[str], environment: Mapping[str, str]) -> Arguments:
    """The arguments of a verb. Raises UsageError: an unknown flag, a missing or a wrong value."""
    given = {flag.name: _from_environment(flag, environment) for flag in flags}
    origins = {flag.name: flag.variable for flag in flags if given[flag.name]}
    rest, seen = [], set()
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += waiting
            break
        if not word.startswith("-") or word == "-":
            rest.append(word)
            continue
        flag, value = _flag(flags, word)
        if flag.name not in seen:  # the command line replaces what the environment says
            seen.add(flag.name)
            given[flag.name] = []
            origins[flag.name] = f"--{flag.name}"
        given[flag.name].append(_value(flag, value, waiting))
    return Arguments(tuple(rest), {flag.name: _read(flag, given[flag.name], origins.get(flag.name)) for flag in flags}, origins)


def _from_environment(flag: Flag, environment: Mapping[str, str]) -> list[str]:
    text = environment.get(flag.variable, "").strip() if flag.environment else ""
    if not text:
        return []
    if not flag.metavar:
        return ["yes"] if _truth(flag, text) else []
    return [part.strip() for part in text.split(",") if part.strip()] if flag.many else [text]


def _truth(flag: Flag, text: str) -> bool:
    if text.lower() in ("1", "yes", "true", "on", "是"):
        return True
    if text.lower() in ("0", "no", "false", "off", "否"):
        return False
    raise UsageError("U52", flag=flag.variable, value=text)


def _flag(flags: Sequence[Flag], word: str) -> tuple[Flag, str | None]:
    """The flag that a word names, and the value that is part of the word."""
    if word.startswith("--"):
        name, equals, value = word[2:].partition("=")
        found = next((flag for flag in flags if flag.name == name), None)
        attached = value if equals else None
    else:
        found = next((flag for flag in flags if flag.short == word[1]), None)
        attached = word[2:].removeprefix("=") or None
    if found is None:
        raise _unknown_flag(flags, word)
    return found, attached


def _unknown_flag(flags: Sequence[Flag], word: str) -> UsageError:
    word = word.partition("=")[0]
    near = nearest(word, [f"--{flag.name}" for flag in flags])
    return UsageError("U54", flag=word, near=near) if near else UsageError("U53", flag=word)


def _value(flag: Flag, attached: str | None, waiting: list[str]) -> str:
    if not flag.metavar:
        if attached is not None:
            raise UsageError("U55", flag=f"--{flag.name}")
        return "yes"
    if attached is not None:
        return attached
    if not waiting or waiting[0].startswith("--"):
        raise UsageError("U56", flag=f"--{flag.name}", metavar=flag.metavar)
    return waiting.pop(0)


def _read(flag: Flag, texts: list[str], origin: str | None = None) -> Any:
    """The value of a flag. Raises UsageError, which names what gave it."""
    if not flag.metavar:
        return bool(texts)
    if not texts and flag.default is not None:
        texts = [flag.default]
    try:
        values = [flag.read(text) for text in texts]
    except UsageError as error:
        error.arguments.setdefault("flag", origin or f"--{flag.name}")
        raise
    if flag.many:
        return tuple(values)
    return values[-1] if values else None


# --- help ------------------------------------------------------------------------------------------------------------


def help_text(screen: Screen, verb: str, usage: str, about: str, flags: Sequence[Flag], examples: Sequence[str]) -> str:
    """The help of a verb: how it is called, what it does, its flags and an example."""
    rows = [(_shown(flag), screen.text(flag.help, default=flag.default or "")) for flag in flags]
    return "\n".join(
        [
            screen.text("U210", usage=f"policy {verb} {usage}".rstrip()),
            "",
            screen.text(about),
            "",
            screen.text("U211"),
            *table(rows),
            "",
            screen.text("U212"),
            *(f"  {example}" for example in examples),
            "",
            screen.text("U213"),
        ]
    )


def table(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Two aligned columns; a text of several lines stays in its column."""
    columns = max(width(left) for left, _ in rows)
    return [
        f"  {pad(left if number == 0 else '', columns)}  {line}"
        for left, right in rows
        for number, line in enumerate(right.split("\n"))
    ]


def _shown(flag: Flag) -> str:
    short = f"-{flag.short}, " if flag.short else "    "
    return f"{short}--{flag.name}{' ' + flag.metavar if flag.metavar else ''}"
