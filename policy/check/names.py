"""Names: what is declared under which, and which one an unknown name was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from policy.check.page import Help, Page
from policy.lang import ast
from policy.near import nearest
from policy.source import Span

__all__ = ["Names", "listed", "suggestion"]

Thing = TypeVar("Thing")

_FEW = 12


class Names(Generic[Thing]):
    """A scope: things by identifier and by label. Whatever is declared first keeps its name."""

    def __init__(self, built_in: Iterable[tuple[str | None, Thing]] = ()) -> None:
        self._things: dict[str, Thing] = {name: thing for name, thing in built_in if name is not None}
        self._places: dict[str, tuple[Page, Span]] = {}

    def declare(self, thing: Thing, page: Page, name: ast.Name | ast.Label, label: ast.Label | None = None) -> bool:
        """Enter a thing under its names; a name that is taken is a mistake. Whether the identifier was free."""
        fresh = self._enter(thing, page, name)
        if label is not None and label.text != name.text:
            self._enter(thing, page, label)
        return fresh

    def _enter(self, thing: Thing, page: Page, name: ast.Name | ast.Label) -> bool:
        if name.text not in self._things:
            self._things[name.text] = thing
            self._places[name.text] = (page, name.span)
            return True
        first = self._places.get(name.text)
        if first is None:
            page.refuse("C011", name.span, ("another_name", {}), name=name.text)
        else:
            page.refuse("C010", name.span, related=(*first, "first"), name=name.text)
        return False

    def replace(self, old: Thing, new: Thing, names: Iterable[str | None]) -> None:
        """Put a thing in the place of another under those of the names that are the other's."""
        for name in names:
            if self._things.get(name) is old:
                self._things[name] = new

    def get(self, name: str) -> Thing | None:
        """The thing called `name`, or None."""
        return self._things.get(name)

    def __contains__(self, name: str) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        """All names, those of the pack before those of the engine."""
        yield from self._places
        yield from (name for name in self._things if name not in self._places)


def suggestion(name: str, known: Iterable[str]) -> Help | None:
    """What to do about an unknown name: the nearest known one, else all of them if they are few."""
    words = list(dict.fromkeys(known))
    close = nearest(name, words)
    if close is not None:
        return "did_you_mean", {"name": close}
    same_script = [word for word in words if word.isascii() == name.isascii()] or words
    return ("known_names", {"names": listed(same_script)}) if 0 < len(same_script) <= _FEW else None


def listed(names: Iterable[str], kind: str = "list") -> str:
    """Names as an argument of a message, which joins them in its own way; `kind` is list or circle."""
    return f"@{kind}:" + "\n".join(names)
