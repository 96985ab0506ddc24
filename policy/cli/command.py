"""The command line: which verb, in which language, and what becomes of what goes wrong."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from types import ModuleType

from policy.cli.arguments import HELP, LANG, Flag, help_text, parse, table
from policy.cli.screen import Screen, UsageError
from policy.hooks.spec import SourceError
from policy.near import nearest
from policy.pipeline import DataErrors, PluginError, SecrecyError, raised_at

__all__ = ["VERBS", "run"]

VERBS = {
    "check": "U100", "explain": "U372", "due": "U400", "history": "U416", "audit": "U419", "test": "U101", "fmt": "U102", "doc": "U107",
    "plugins": "U103", "sample": "U104", "template": "U108", "demo": "U105",
    "new": "U106", "map": "U109",
    "verify": "U451", "compare": "U465",
    "lint": "U433",
}  # fmt: skip
"""The verbs, each with the code of its description. The module of a verb has its name; it is imported when it is used.

It has `USAGE` (what follows the verb), `FLAGS`, `EXAMPLES` and `run(arguments, screen)`, which returns the exit status.
"""

_SHORT = ("check", "explain", "due")
"""Verbs that mostly end within the second, and whose objects live to that end."""

_VERSION = Flag("version", "U202", environment=False)


def run(words: list[str]) -> int:
    """Run the command and return its exit status; leaves the search for objects that refer to each other off or on, as the verb needs it."""
    try:
        return _finish(words, Screen())
    except BrokenPipeError:
        # whoever read our output has seen enough; Python would complain on closing the streams
        for stream in (sys.stdout, sys.stderr):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return 141


def _finish(words: list[str], screen: Screen) -> int:
    """Run the command and say what went wrong. Raises BrokenPipeError, in what it says too."""
    try:
        status = _run(words, screen)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        raise
    except UsageError as error:
        screen.say("U00", said=screen.text(error.code, **error.arguments))
    except SourceError as error:
        screen.source_error(error)
    except DataErrors as errors:
        screen.read(errors.read)
        screen.problems(errors.problems)
        screen.say("U18", count=sum(problem.error for problem in errors.problems))
    except SecrecyError as error:
        screen.marks(error)
        return 3
    except PluginError as error:
        _debug()
        screen.failures([error.failure])
    except OSError as error:
        _refused(error, screen)
    except Exception as error:
        _unexpected(error, screen)
    return 2


def _run(words: list[str], screen: Screen) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    screen.speak(os.environ.get(LANG.variable, ""))
    screen.speak(_asked(words))
    own = _own_words(words)
    arguments = parse((LANG, HELP, _VERSION), own, os.environ)
    rest = words[len(own) :]
    if arguments["version"]:
        from policy import __version__

        print(f"policy {__version__}")
        return 0
    if arguments["help"] or not rest:
        print(_help(screen))
        return 0 if arguments["help"] else 2
    verb, *rest = rest
    if verb not in VERBS:
        raise _unknown_verb(verb)
    return _run_verb(verb, _verb(verb), rest, screen)


def _asked(words: list[str]) -> str:
    """The language that `--lang` names, wherever it stands, so that mistakes in the command are told in it too."""
    following = zip(words, [*words[1:], ""])
    named = (word.partition("=")[2] or after for word, after in following if word == "--lang" or word.startswith("--lang="))
    return next(named, "")


def _own_words(words: list[str]) -> list[str]:
    """The words before the verb: the flags of the program itself."""
    count = 0
    while count < len(words) and words[count].startswith("-"):
        count += 2 if words[count] == "--lang" else 1
    return words[:count]


def _run_verb(name: str, verb: ModuleType, words: list[str], screen: Screen) -> int:
    own_lang = any(flag.name == "lang" for flag in verb.FLAGS)
    flags = (*verb.FLAGS, HELP) if own_lang else (*verb.FLAGS, LANG, HELP)
    arguments = parse(flags, words, os.environ)
    if arguments["help"]:
        print(help_text(screen, name, verb.USAGE, VERBS[name], flags, verb.EXAMPLES))
        return 0
    if arguments.words and not verb.USAGE:
        raise UsageError("U64", word=arguments.words[0])
    (gc.disable if name in _SHORT else gc.enable)()
    return verb.run(arguments, screen)


def _verb(name: str) -> ModuleType:
    from importlib import import_module

    return import_module(f"policy.cli.{name}")


def _help(screen: Screen) -> str:
    rows = [(verb, screen.text(code)) for verb, code in VERBS.items()]
    return "\n".join([screen.text("U210", usage="policy VERB …"), "", screen.text("U214"), *table(rows), "", screen.text("U215")])


def _unknown_verb(verb: str) -> UsageError:
    near = nearest(verb, VERBS)
    return UsageError("U58", verb=verb, near=near) if near else UsageError("U57", verb=verb, known=" ".join(VERBS))


def _refused(error: OSError, screen: Screen) -> None:
    """What the system refuses: a file by its name, or else standard output, the only stream without one."""
    reason = error.strerror or error
    if error.filename is None:
        screen.say("U00", said=screen.text("U67", reason=reason))
    else:
        screen.say("U01", place=error.filename, said=screen.text("U05", reason=reason))


def _unexpected(error: Exception, screen: Screen) -> None:
    """A fault of the program: its kind and place, without its text, which may quote confidential data."""
    if not _debug():
        screen.say("U06", kind=type(error).__name__, where=raised_at(error))


def _debug() -> bool:
    """Print where the error at hand and those behind it were raised, if the user asks for it; tells whether.

    Their texts are left out, as they may quote confidential data.
    """
    asked = os.environ.get("POLICY_DEBUG") == "1"
    if asked:
        from traceback import format_tb

        for error in reversed(list(_chain(sys.exception()))):
            places = "".join(format_tb(error.__traceback__))
            print(f"Traceback (most recent call last):\n{places}{type(error).__name__}", file=sys.stderr)
    return asked


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, the one that it arose from, and so on."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
