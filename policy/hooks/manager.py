"""What the installed plug-ins offer. One that fails is listed with the reason, and takes no other down."""

from __future__ import annotations

import os
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from inspect import isroutine
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pluggy

from policy.hooks.entrypoints import EntryPoint, find
from policy.hooks.spec import PROJECT, Calendar, Database, DataReporter, Function, Hooks, Reporter, Sample, Source
from policy.lang.noun import noun
from policy.lang.ops import FUNCTIONS

__all__ = ["Failure", "Plugin", "Plugins", "load_plugins"]

_ACCIDENTS = (Exception, SystemExit)  # a module that exits when imported is no reason for everything to end


@noun
class Failure:
    """A plug-in, or a thing of it, that cannot be used: `code` and `arguments` of a message, which `reason` says in English."""

    name: str
    distribution: str
    version: str
    code: str
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        from policy.messages.plugins import MESSAGES

        return MESSAGES[self.code]["en"].format(**dict(self.arguments))


class Plugin(NamedTuple):
    """An installed plug-in: `location` is the folder of its module, `hooks` are those it implements."""

    name: str
    distribution: str
    version: str
    location: str
    hooks: tuple[str, ...]
    module: object


# --- what a hook hands over ------------------------------------------------------------------------------------------


def _has(*names: str) -> Callable[[object], bool]:
    return lambda thing: all(hasattr(thing, name) for name in names)


def _is_a(kind: type) -> Callable[[object], bool]:
    return lambda thing: isinstance(thing, kind)


_Offer = namedtuple("_Offer", "wanted fits mapping unique taken", defaults=(False, lambda name, thing: (name,), {}))
"""The things of a hook: a mapping by name, or a list of things with a `name`.

`fits` tells whether a thing is `wanted`; `unique` gives the names that no other may have, and `taken` those that are given away.
A tuple, as a class of attrs takes a millisecond of every start.
"""


_BUILT_IN = {name: PROJECT for function in FUNCTIONS.values() for name in (function.name, function.label) if name}

_OFFERS = {
    "policy_sources": _Offer("a source", _has("suffixes", "read"), unique=lambda name, source: (name, *source.suffixes)),
    "policy_databases": _Offer("a database", _has("schemes", "read"), unique=lambda name, database: (name, *database.schemes)),
    "policy_reporters": _Offer("a reporter", _has("write")),
    "policy_data_reporters": _Offer("a data reporter", _has("documents")),
    "policy_functions": _Offer(
        "a Function", _is_a(Function), unique=lambda name, function: filter(None, (name, function.label)), taken=_BUILT_IN
    ),
    "policy_calendars": _Offer("a function that makes a Calendar", callable, mapping=True),
    "policy_packs": _Offer("a Path", _is_a(Path), mapping=True),
    "policy_samples": _Offer("a Sample", _is_a(Sample), unique=lambda name, sample: (f"{sample.pack}/{name}",)),
}
"""By hook, all of them."""


class _Manager(pluggy.PluginManager):
    """A manager that only looks closely at what may be a hook. Of every other name of a module pluggy makes sure that it is safe to look at."""

    def parse_hookimpl_opts(self, plugin: object, name: str) -> pluggy.HookimplOpts | None:
        if isinstance(plugin, ModuleType) and not isroutine(vars(plugin).get(name)):
            return None
        return super().parse_hookimpl_opts(plugin, name)


class Plugins:
    """The plug-ins that work, and what they offer. A hook is called when its things are first asked for.

    Of two things of one name the first counts: of those that ship with the program, then by distribution and name.
    """

    def __init__(self, manager: pluggy.PluginManager, installed: Sequence[Plugin], failures: Iterable[Failure]) -> None:
        self.installed = tuple(installed)
        self._manager = manager
        self._failures = list(failures)
        self._owners: dict[tuple[str, str], Plugin] = {}
        self._blamed: dict[tuple[str, str], Failure] = {}

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What has failed up to now; `check` calls every hook, and so finds all failures."""
        return tuple(self._failures)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Readers of files; no two read the same suffix."""
        return tuple(thing for _, thing in self._things("policy_sources"))

    @cached_property
    def databases(self) -> tuple[Database, ...]:
        """Readers of URLs; no two read the same scheme."""
        return tuple(thing for _, thing in self._things("policy_databases"))

    @cached_property
    def reporters(self) -> tuple[Reporter, ...]:
        """Writers of reports; no two have the same name."""
        return tuple(thing for _, thing in self._things("policy_reporters"))

    @cached_property
    def data_reporters(self) -> tuple[DataReporter, ...]:
        """Writers of what is wrong with the data; no two have the same name."""
        return tuple(thing for _, thing in self._things("policy_data_reporters"))

    @cached_property
    def functions(self) -> Mapping[str, Function]:
        """Functions for rules, by name; none is called like a built-in one."""
        return dict(self._things("policy_functions"))

    @cached_property
    def calendars(self) -> Mapping[str, Callable[[], Calendar]]:
        """What makes a calendar, by its name."""
        return dict(self._things("policy_calendars"))

    @cached_property
    def packs(self) -> Mapping[str, Path]:
        """Folders of rule packs, by id."""
        return dict(self._things("policy_packs"))

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """Data sets; no two of one pack have the same name."""
        return tuple(thing for _, thing in self._things("policy_samples"))

    def check(self) -> tuple[Failure, ...]:
        """Call every hook; gives all failures."""
        for hook in _OFFERS:
            getattr(self, hook.removeprefix(f"{PROJECT}_"))
        return self.failures

    def blame(self, hook: str, name: str, code: str, **arguments: str) -> Failure:
        """The failure at work of the thing called `name` of a hook. Its first one counts, and is added to the failures."""
        if (hook, name) not in self._blamed:
            self._fail(self._owners[hook, name], code, name=name, **arguments)
            self._blamed[hook, name] = self._failures[-1]
        return self._blamed[hook, name]

    def _things(self, hook: str) -> list[tuple[str, object]]:
        """The things of a hook with their names; those that do not fit or whose name is taken are failures."""
        offer = _OFFERS[hook]
        taken = dict(offer.taken)
        things: list[tuple[str, object]] = []
        for plugin in self.installed:
            for name, thing in self._called(plugin, hook) if hook in plugin.hooks else ():
                unique = tuple(offer.unique(name, thing))
                clash = next((one for one in unique if one in taken), None)
                if clash is not None:
                    self._fail(plugin, "P08", name=clash, hook=hook, other=taken[clash])
                    continue
                taken.update(dict.fromkeys(unique, f"{plugin.name} ({plugin.distribution})"))
                self._owners[hook, name] = plugin
                things.append((name, thing))
        return things

    def _called(self, plugin: Plugin, hook: str) -> list[tuple[str, object]]:
        """What a plug-in hands over, as far as it fits."""
        offer = _OFFERS[hook]
        try:
            others = [other.module for other in self.installed if other is not plugin]
            (result,) = self._manager.subset_hook_caller(hook, others)() or (None,)  # pluggy leaves out a None
            pairs = _pairs(result, offer.mapping)
        except _ACCIDENTS as error:
            self._fail(plugin, "P06", hook=hook, reason=_said(error))
            return []
        if pairs is None:
            self._fail(plugin, "P07", hook=hook, thing=type(result).__name__, wanted="a mapping" if offer.mapping else "a list")
            return []
        fitting = [(name, thing) for name, thing in pairs if isinstance(name, str) and offer.fits(thing)]
        for name, thing in pairs:
            if (name, thing) not in fitting:
                self._fail(plugin, "P07", hook=hook, thing=str(name or type(thing).__name__), wanted=offer.wanted)
        return fitting

    def _fail(self, plugin: Plugin, code: str, **arguments: str) -> None:
        self._failures.append(Failure(plugin.name, plugin.distribution, plugin.version, code, tuple(arguments.items())))


def _pairs(result: object, mapping: bool) -> list[tuple[object, object]] | None:
    """Names and things; None if the result is not of that form."""
    if mapping:
        return list(result.items()) if isinstance(result, Mapping) else None
    if isinstance(result, (str, Mapping)) or not isinstance(result, Iterable):
        return None
    return [(getattr(thing, "name", None), thing) for thing in result]


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


# --- loading ---------------------------------------------------------------------------------------------------------


def load_plugins(path: Sequence[str] | None = None) -> Plugins:
    """The plug-ins installed on the import path (another than `sys.path` if given). Nothing that is wrong with one raises."""
    manager = _Manager(PROJECT)
    manager.add_hookspecs(Hooks)
    loaded = [_load(entry, manager) for entry in sorted(find(PROJECT, path), key=_precedence)]
    installed = [one for one in loaded if isinstance(one, Plugin)]
    return Plugins(manager, installed, [one for one in loaded if isinstance(one, Failure)])


def _precedence(entry: EntryPoint) -> tuple[bool, str, str]:
    return entry.distribution != PROJECT, entry.distribution, entry.name


def _load(entry: EntryPoint, manager: pluggy.PluginManager) -> Plugin | Failure:
    """The plug-in of an entry point, checked and registered, or why it cannot be used."""
    try:
        plugin = entry.load()
    except _ACCIDENTS as error:
        return _failure(entry, "P01", module=entry.module, reason=_said(error))
    name = f"{entry.name} ({entry.distribution})"
    try:
        manager.register(plugin, name)
    except Exception as error:  # pluggy's own of arguments that do not fit, and whatever an odd object raises
        if manager.get_plugin(name) is plugin:
            manager.unregister(plugin)  # it stops half-way
        return _failure(entry, "P05", reason=_said(error))
    hooks = tuple(sorted(caller.name for caller in manager.get_hookcallers(plugin) or ()))
    failure = _misnamed(entry, plugin, hooks)
    if failure:
        manager.unregister(plugin)
        return failure
    location = os.path.dirname(getattr(plugin, "__file__", None) or "")
    return Plugin(entry.name, entry.distribution, entry.version, location, hooks, plugin)


def _misnamed(entry: EntryPoint, plugin: object, hooks: Sequence[str]) -> Failure | None:
    """A failure if the plug-in implements a hook that there is not, or forgets to mark one."""
    unknown = next((hook for hook in hooks if hook not in _OFFERS), None)
    if unknown is not None:
        from difflib import get_close_matches

        near = get_close_matches(unknown, _OFFERS, 1)
        if near:
            return _failure(entry, "P02", hook=unknown, nearest=near[0])
        return _failure(entry, "P03", hook=unknown, known=" ".join(_OFFERS))
    unmarked = next((hook for hook in _OFFERS if hook not in hooks and callable(getattr(plugin, hook, None))), None)
    return _failure(entry, "P04", hook=unmarked) if unmarked else None


def _failure(entry: EntryPoint, code: str, **arguments: str) -> Failure:
    return Failure(entry.name, entry.distribution, entry.version, code, tuple(arguments.items()))
