"""What ends a run, or keeps a plug-in from ending it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from policy.hooks.spec import SourceError
from policy.near import nearest

if TYPE_CHECKING:
    from policy.hooks.manager import Failure, Plugins
    from policy.lang.facts import Problem
    from policy.load import Mark

__all__ = ["DataErrors", "PluginError", "SecrecyError", "at_work", "functions", "raised_at", "unknown", "wrong"]


class DataErrors(Exception):
    """The data cannot be judged: `problems` lists what is wrong with them, errors and remarks; `read` what was read nevertheless.

    That is the Chinese label, the identifier and the number of rows of each table.
    """

    def __init__(self, problems: Sequence[Problem], read: Sequence[tuple[str, str, int]] = ()) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)
        self.read = tuple(read)


class SecrecyError(Exception):
    """The data carry `marks` of secrecy above the `level` that is declared for this machine."""

    def __init__(self, marks: Sequence[Mark], level: str) -> None:
        super().__init__(f"{len(marks)} marks")
        self.marks = tuple(marks)
        self.level = level


class PluginError(Exception):
    """A plug-in failed at work: `failure` names it and says how."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


def unknown(code: str, word: str, known: Iterable[str]) -> SourceError:
    """The error of an unknown word, which lists the known ones and has the nearest as its argument `near` (empty: none)."""
    known = sorted(known)
    return SourceError(code, word, known="\n".join(known), near=nearest(word, known) or "")


_ACCIDENTS = (Exception, SystemExit)


def raised_at(error: BaseException) -> str:
    """The file and the line where an error was raised."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return f"{os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place else ""


@contextmanager
def at_work(plugins: Plugins, hook: str, name: str, *allowed: type[Exception]) -> Iterator[None]:
    """Whatever the thing called `name` of a hook raises in the block, save what it may, becomes a PluginError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what libraries warn of quotes cells
            yield
    except (PluginError, *allowed):
        raise
    except _ACCIDENTS as error:
        raise PluginError(plugins.blame(hook, name, "P09", kind=type(error).__name__, where=raised_at(error))) from error


def wrong(plugins: Plugins, hook: str, name: str, thing: object, wanted: str) -> PluginError:
    return PluginError(plugins.blame(hook, name, "P10", thing=type(thing).__name__, wanted=wanted))


def need(verb: str, modules: Sequence[str]) -> None:
    """Raise SourceError where something that a verb needs is not installed."""
    from importlib.util import find_spec  # which a small run does without

    absent = [module for module in modules if find_spec(module) is None]
    if absent:
        raise SourceError("U450", verb, absent=" ".join(absent))


def functions(plugins: Plugins) -> dict[str, Callable]:
    """The functions of plug-ins by name, none of which can end a run."""
    return {name: _shielded(name, function.call, plugins) for name, function in plugins.functions.items()}


def _shielded(name: str, call: Callable, plugins: Plugins) -> Callable:
    """A function of a plug-in that never raises, as a pack that loads must not fail on data: an answer that fails is missing."""

    def answer(*values: object) -> object:
        try:
            return call(*values)
        except _ACCIDENTS as error:
            plugins.blame("policy_functions", name, "P11", kind=type(error).__name__, where=raised_at(error))
            return None

    return answer
