"""The decorators of the classes of this room: frozen data with named fields, as `attrs.frozen` makes them.

A small run would spend a fifth of its time on importing attrs and on the methods that it writes for each class, so these are made without it. To whoever
uses attrs they are classes of its making: `attrs.fields`, `attrs.evolve` and `attrs.asdict` take them.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NoReturn, TypeVar

__all__ = ["Aside", "Converted", "evolve", "noun", "slim_noun", "thing"]

_Class = TypeVar("_Class", bound=type)
_Noun = TypeVar("_Noun")


class Aside:
    """Stands for the default of a field that is given by its name, if at all, and that counts neither for `==` nor for `repr`."""

    def __init__(self, default: object) -> None:
        self.default = default


class Converted:
    """Stands where a default would, at a field that is made of what is given for it."""

    def __init__(self, by: Callable[[Any], object]) -> None:
        self.by = by


def noun(cls: _Class) -> _Class:
    """A frozen class of the fields that are annotated in it; things of it are equal if their fields are.

    They have a `__dict__`, so that they unpickle at the speed of C.
    """
    _make(cls)
    cls._counted = attrgetter("__class__", *cls.__match_args__)
    cls.__eq__, cls.__hash__ = _equal, _hash
    return cls


def thing(cls: _Class) -> _Class:
    """The same of what is equal to itself alone."""
    _make(cls)
    return cls


def slim_noun(cls: _Class) -> _Class:
    """A noun without a `__dict__`, for what there are hundreds of thousands of: half as large."""
    body = {name: value for name, value in vars(noun(cls)).items() if name not in ("__dict__", "__weakref__")}
    own = {"__slots__": cls.__match_args__, "__init__": _written_init(cls), "__reduce__": _reduced, "__qualname__": cls.__qualname__}
    return type(cls)(cls.__name__, cls.__bases__, {**body, **own})


def evolve(thing: _Noun, **changes: Any) -> _Noun:
    """The same with other values in some fields."""
    return type(thing)(**{**{name: getattr(thing, name) for name in thing._fields}, **changes})


def _make(cls: type) -> None:
    """Gives a class its fields and what all classes share."""
    given = {name: vars(cls)[name] for name in cls.__annotations__ if name in vars(cls)}
    for name in given:
        delattr(cls, name)  # else what unpickles without a field would seem to have it
    aside = {name: default.default for name, default in given.items() if isinstance(default, Aside)}
    cls._converters = {name: default.by for name, default in given.items() if isinstance(default, Converted)}
    cls._defaults = {**{name: default for name, default in given.items() if name not in cls._converters}, **aside}
    cls._fields = cls.__annotations__.keys()
    cls.__match_args__ = tuple([name for name in cls._fields if name not in aside])
    cls.__init__, cls.__repr__, cls.__setattr__, cls.__delattr__ = _init, _repr, _refused, _refused
    cls.__attrs_attrs__ = _FOR_ATTRS


def _init(self: object, *given: object, **named: object) -> None:
    """One for all classes: to write one for each takes as long as calling this one a hundred times, and few are called so often."""
    cls = type(self)
    names, values = cls.__match_args__, vars(self)
    values.update(cls._defaults)
    values.update(zip(names, given))
    values.update(named)
    if values.keys() != cls._fields or len(given) > len(names) or not named.keys().isdisjoint(names[: len(given)]):
        raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}")
    for name, convert in cls._converters.items():
        values[name] = convert(values[name])


def _written_init(cls: type) -> Callable[..., None]:
    """One for this class alone, three times as fast."""
    parameters = ", ".join(f"{name}=defaults[{name!r}]" if name in cls._defaults else name for name in cls.__match_args__)
    lines = "".join(f"\n    put(self, {name!r}, {name})" for name in cls.__match_args__)
    scope: dict[str, Any] = {"defaults": cls._defaults, "put": object.__setattr__}
    exec(f"def __init__(self, {parameters}):{lines}", scope)
    return scope["__init__"]


def _equal(self: object, other: object) -> bool:
    counted = type(self)._counted
    return counted(self) == counted(other) if type(self) is type(other) else NotImplemented


def _hash(self: object) -> int:
    return hash(type(self)._counted(self))


def _repr(self: object) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__match_args__)})"


def _reduced(self: object) -> tuple:
    return type(self), tuple(getattr(self, name) for name in self.__match_args__)


def _refused(self: object, *change: object) -> NoReturn:
    from attrs.exceptions import FrozenInstanceError

    raise FrozenInstanceError


class _ForAttrs:
    """What attrs knows of a class, worked out when somebody asks."""

    def __get__(self, thing: object, cls: type) -> tuple:
        import attrs

        fields = {}
        for name, annotation in cls.__annotations__.items():
            default, told = cls._defaults.get(name, attrs.NOTHING), name in cls.__match_args__
            fields[name] = attrs.field(default=default, type=annotation, alias=name, kw_only=not told, eq=told, repr=told)
        cls.__attrs_attrs__ = attrs.fields(attrs.make_class(cls.__name__, fields))
        return cls.__attrs_attrs__


_FOR_ATTRS = _ForAttrs()
