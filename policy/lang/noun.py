"""The decorator of the classes of this room."""

from __future__ import annotations

from threading import RLock
from typing import TypeVar

import attrs

__all__ = ["noun", "slim_noun", "thing"]

_Class = TypeVar("_Class", bound=type)


def _equal(self: object, other: object) -> bool:
    """Whether two things of a class are the same in all fields that count (not in their places, say)."""
    if type(self) is not type(other):
        return NotImplemented
    return all(getattr(self, a.name) == getattr(other, a.name) for a in type(self).__attrs_attrs__ if a.eq)


def _hash(self: object) -> int:
    return hash((type(self).__name__, *(getattr(self, a.name) for a in type(self).__attrs_attrs__ if a.eq)))


def _repr(self: object) -> str:
    fields = ", ".join(f"{a.name}={getattr(self, a.name)!r}" for a in type(self).__attrs_attrs__ if a.repr)
    return f"{type(self).__name__}({fields})"


def noun(cls: _Class) -> _Class:
    """A frozen attrs class that shares its methods with the others, and that attrs works on when something of its making is first wanted.

    A small run would spend a tenth of its time on methods that attrs writes for classes of which nothing is made. With a `__dict__`, instances
    unpickle at the speed of C, and without what attrs makes.
    """
    return _made_later(_with_methods(cls))


def thing(cls: _Class) -> _Class:
    """The same of what is equal to itself alone."""
    cls.__repr__ = _repr
    return _made_later(cls)


def _made_later(cls: _Class) -> _Class:
    for name in _MADE:
        setattr(cls, name, _Later(cls, name))
    return cls


_MADE = ("__attrs_attrs__", "__init__", "__match_args__", "__setattr__", "__delattr__")
"""What attrs gives to a class, besides what is shared."""

_AT_WORK = RLock()


class _Later:
    """Stands in a class for what attrs will make of it."""

    __slots__ = ("_cls", "_name")

    def __init__(self, cls: type, name: str) -> None:
        self._cls = cls
        self._name = name

    def __get__(self, thing: object | None, owner: type) -> object:
        with _AT_WORK:
            if vars(self._cls)[self._name] is self:  # or another thread was first
                del self._cls.__match_args__  # attrs would leave it as it is
                attrs.frozen(slots=False, auto_detect=False, eq=False, repr=False)(self._cls)
        return getattr(owner if thing is None else thing, self._name)


def slim_noun(cls: _Class) -> _Class:
    """The same without a `__dict__`, for what there are hundreds of thousands of: half as large."""
    return attrs.frozen(slots=True, weakref_slot=False, eq=False, repr=False)(_with_methods(cls))


def _with_methods(cls: _Class) -> _Class:
    cls.__eq__, cls.__hash__, cls.__repr__ = _equal, _hash, _repr
    return cls
