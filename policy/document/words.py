"""Words, places and links of a document in its language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from policy.lang import ir
from policy.lang.ast import Citation
from policy.lang.citing import citation_text, numeral
from policy.lang.document import Link, Named
from policy.lang.keywords import period_text, spelling
from policy.lang.places import Place, settled
from policy.lang.types import MonthDay, Period, Type
from policy.messages import text

__all__ = ["Words", "target"]

_TYPES = {"text": "TEXT", "int": "INT", "number": "NUMBER_TYPE", "date": "DATE_TYPE", "bool": "BOOL"}
_MARKS = ("key", "optional", "occurs", "confidential", "tree", "secrecy")


def target(kind: str, name: str) -> str:
    """The name of a part of the document, unique and harmless in HTML and Markdown."""
    return f"{kind}-" + re.sub(r"[^\w.-]", lambda odd: f"~{ord(odd[0]):x}~", name)


class Words:
    """Says things about a pack in a language (zh or en)."""

    def __init__(self, pack: ir.Pack, language: str) -> None:
        self.language = language
        self._pack = pack
        self._chinese = pack.language == "zh"

    def say(self, code: str, **arguments: object) -> str:
        return text(code, self.language, **{name: str(value) for name, value in arguments.items()})

    def listed(self, words: Iterable[str]) -> str:
        return self.say("T97").join(words)

    def label(self, thing: object) -> str:
        """What a named thing of the pack is called: in Chinese by its label, if it has one, else by its identifier."""
        return (thing.label if self.language == "zh" else None) or thing.name

    def named(self, thing: object) -> Named:
        return Named(thing.label or thing.name, thing.name)

    # --- places

    def place(self, place: Place) -> str:
        """第十一条第一款, article 11 paragraph 1."""
        article, suffix, paragraph, item = place
        return citation_text(Citation(article, paragraph, item, suffix=suffix), self.language)

    def passage(self, number: int) -> str:
        """第一款, paragraph 1."""
        return self.say("T51", number=numeral(number) if self.language == "zh" else number)

    def item(self, number: int) -> str:
        """The number before an item, as the regulation writes it."""
        return text("T52", "zh", number=numeral(number)) if self._chinese else text("T52", "en", number=number)

    def item_place(self, number: int) -> str:
        """第（一）项, item 1."""
        return self.say("T59", number=numeral(number) if self.language == "zh" else number)

    def to_article(self, place: Place) -> Link:
        """A link to the article of a place."""
        article, suffix, _, _ = place
        return Link(self.place((article, suffix, None, None)), _article_target(article, suffix))

    def to_place(self, place: Place) -> Link:
        """A link to the article or paragraph of a place."""
        article, suffix, paragraph, _ = settled(place, self._pack.regulation) if self._pack.regulation else place
        return Link(self.place(place), _article_target(article, suffix) + (f"-{paragraph}" if paragraph else ""))

    def basis(self, basis: tuple[str, ...], citations: tuple[Place, ...]) -> tuple[Link, ...]:
        """The texts of a basis; those that are places of the regulation lead there."""
        own = {citation_text(_citation(place), language): place for place in citations for language in ("zh", "en")}
        return tuple(self.to_place(own[one]) if one in own else Link(one) for one in basis)

    # --- values and types

    def value(self, value: ir.Value, parameter: ir.Parameter) -> str:
        """A value of a parameter in words."""
        if isinstance(value, Period):
            return self.period(value)
        if isinstance(value, bool):
            return spelling("TRUE" if value else "FALSE", self.language)
        if isinstance(value, MonthDay):
            return f"{value.month}月{value.day}日" if self.language == "zh" else f"{value.month:02}-{value.day:02}"
        if parameter.choices:
            return spelling(str(value).upper(), self.language)
        if parameter.type.is_enum:
            member = self._pack.vocabulary.enums[parameter.type.name].member(str(value))
            return self.label(member) if member else str(value)
        return value.isoformat() if isinstance(value, datetime.date) else str(value)

    def key(self, each: ir.Each, key: str) -> str:
        """The part of a subject that a binder gives: the member of an enum is called as others call it."""
        member = self._pack.vocabulary.enums[each.enum].member(key) if isinstance(each, ir.EachMember) else None
        return self.label(member) if member else key

    def period(self, value: Period) -> str:
        return period_text(value.amount, value.unit, self.language)

    def bounds(self, parameter: ir.Parameter) -> str:
        """What a unit may choose."""
        if parameter.choices:
            return self.listed(spelling(choice.upper(), self.language) for choice in parameter.choices)
        if parameter.low is None or parameter.high is None:
            return self.say("T93")
        return self.say("T92", low=self.value(parameter.low, parameter), high=self.value(parameter.high, parameter))

    def type(self, type_: Type) -> Link:
        """The type of a field; an entity or an enum leads to its table."""
        vocabulary = self._pack.vocabulary
        if type_.is_enum:
            return Link(self.label(vocabulary.enums[type_.name]), target("enum", type_.name))
        if type_.is_ref:
            return Link(self.say("T96", entity=self.label(vocabulary.entities[type_.name])), target("entity", type_.name))
        return Link(spelling(_TYPES[type_.kind], self.language))

    def marks(self, field: object) -> str:
        """The flags of a field in words."""
        return self.listed(spelling(mark.upper(), self.language) for mark in _MARKS if getattr(field, mark))


def _citation(place: Place) -> Citation:
    article, suffix, paragraph, item = place
    return Citation(article, paragraph, item, suffix=suffix)


def _article_target(article: int, suffix: int | None) -> str:
    return f"article-{article}" + (f".{suffix}" if suffix is not None else "")
