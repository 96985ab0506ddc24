"""What the program says on standard error, in whose language; and where results go."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, BinaryIO, TextIO

from policy.hooks.spec import SourceError
from policy.lang.facts import Problem
from policy.messages import text
from policy.width import harmless

if TYPE_CHECKING:
    from policy.diagnostic import Diagnostic
    from policy.hooks.manager import Failure
    from policy.pipeline import SecrecyError

__all__ = ["Screen", "UsageError", "locale_language"]


_SHOWN = 10
"""Marks of secrecy listed one by one."""


class UsageError(Exception):
    """The command cannot be carried out as it was given: a code of `policy.messages` and what fills its text."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


def locale_language() -> str:
    """The language of the user's locale: zh or en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import locale

        return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
    return "en"


class Screen:
    """The streams of a run. `asked` is the language that the user asked for, None where the locale decides."""

    def __init__(self) -> None:
        self.asked: str | None = None
        self.language = locale_language()
        self._failures: set[Failure] = set()

    def speak(self, language: str) -> None:
        """Use a language from now on, if it is one that the program speaks."""
        if language in ("zh", "en"):
            self.asked = self.language = language

    @property
    def out(self) -> TextIO:
        return sys.stdout

    @property
    def results(self) -> BinaryIO:
        """Standard output for bytes."""
        sys.stdout.flush()
        return sys.stdout.buffer

    @property
    def terminal(self) -> bool:
        """Whether standard output is a terminal."""
        return sys.stdout.isatty()

    @property
    def colour(self) -> bool:
        """Whether standard output is a terminal that shows colours."""
        if "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
            return False
        return self.terminal and (sys.platform != "win32" or "WT_SESSION" in os.environ)

    def text(self, code: str, **arguments: object) -> str:
        """A message in the user's language."""
        return text(code, self.language, **{name: str(value) for name, value in arguments.items()})

    def print(self, code: str, **arguments: object) -> None:
        """A message as a line of the result."""
        print(self.text(code, **arguments), file=self.out)

    def say(self, code: str, **arguments: object) -> None:
        """A message as one line on standard error."""
        print(harmless(self.text(code, **arguments)), file=sys.stderr)

    def progress(self, code: str, **arguments: object) -> None:
        """A message for somebody who waits: only where standard error is a terminal."""
        if sys.stderr.isatty():
            self.say(code, **arguments)

    def source_error(self, error: SourceError) -> None:
        """A location that cannot be read, and the nearest known word where there is one."""
        self.say("U01", place=error.location, said=self.text(error.code, **error.arguments))
        if error.arguments.get("near"):
            self.say("U02", near=error.arguments["near"])

    def failures(self, failures: Iterable[Failure]) -> None:
        """Plug-ins, or things of them, that cannot be used; each is told once."""
        for failure in failures:
            if failure in self._failures:
                continue
            self._failures.add(failure)
            said = self.text(failure.code, **dict(failure.arguments))
            self.say("U07", name=failure.name, distribution=failure.distribution, version=failure.version, said=said)

    def diagnostics(self, diagnostics: Iterable[Diagnostic], stream: TextIO | None = None) -> None:
        """Mistakes of an author, each in several lines; in the language of the file unless the user asked for one."""
        from policy.messages.render import render

        for diagnostic in diagnostics:
            print(render(diagnostic, self.asked), file=stream or sys.stderr)

    def marks(self, error: SecrecyError) -> None:
        """Marks of secrecy that stop a run: each with its place, without anything that stands beside it; and what to do."""
        from policy.lang.secrecy import ORDINARY, higher, level_word
        from policy.messages.data import beside_text
        from policy.messages.place import place

        for mark in error.marks[:_SHOWN]:
            where = place(mark.file, mark.sheet, mark.row, (mark.column,) if mark.column else (), self.language)
            beside = {"beside": beside_text(mark.column, self.language)} if mark.row is None and mark.column else {}
            self.say("U75" if beside else "U70", place=where, mark=level_word(mark.level, self.language), **beside)
        if len(error.marks) > _SHOWN:
            self.say("U71", count=len(error.marks) - _SHOWN)
        state_secret = any(higher(mark.level, ORDINARY) for mark in error.marks)
        self.say("U72" if state_secret else "U74", level=level_word(error.level, self.language))

    def read(self, tables: Sequence[tuple[str, str, int]]) -> None:
        """What was read of data that have errors: Chinese label, identifier and number of rows of each table."""
        if tables:
            names = [f"{label if self.language == 'zh' else name} {rows}" for label, name, rows in tables]
            listed = ("、" if self.language == "zh" else ", ").join(names)
            self.say("U44", count=len(tables), rows=sum(rows for _, _, rows in tables), tables=listed)

    def problems(self, problems: Iterable[Problem]) -> None:
        """What is wrong with data: each on a line with its place."""
        from policy.messages.place import place
        from policy.messages.problems import problem_text

        for problem in problems:
            columns = (problem.column,) if problem.column else ()
            where = place(problem.file, problem.sheet, problem.row, columns, self.language)
            said = problem_text(problem, self.language)
            self.say("U03" if problem.error else "U04", place=where, said=said)
