"""A pack as a document for readers: everything in words of one language, in the order of reading, without any markup."""

from __future__ import annotations

from policy.lang.noun import noun
from policy.lang.places import Place

__all__ = [
    "Article", "CaseEntry", "Definition", "Document", "Entity", "Enum", "Link", "Matrix", "Named", "Parameter", "Passage",
    "Reason", "Rule", "Trace", "TraceRow", "Written",
]  # fmt: skip


@noun
class Trace:
    """What carries a place of the regulation: ids of rules, names of definitions and parameters, whether the header cites it, and
    the reasons why it has no rule of its own. A place with neither a rule nor a reason is a gap."""

    place: Place
    rules: tuple[str, ...]
    definitions: tuple[str, ...]
    parameters: tuple[str, ...]
    header: bool
    reasons: tuple[str, ...]

    @property
    def gap(self) -> bool:
        return not self.rules and not self.reasons


@noun
class Written:
    """A rule in its canonical layout, what changes it, and the parts that say who owes it and by when (empty: nothing said)."""

    text: str
    changes: tuple[str, ...]
    bearer: str
    due: str


@noun
class Link:
    """Words that lead to the part of the document called `target` (empty: nowhere)."""

    text: str
    target: str = ""


@noun
class Named:
    """Something with a label in words and the identifier that data and commands use."""

    label: str
    name: str


@noun
class CaseEntry:
    """A case of a rule: its title, its day, and what it expects of the rule, a line each."""

    title: str
    as_of: str
    expected: tuple[str, ...]


@noun
class Rule:
    """A rule. `severity` is fail, warn or advise, or empty for a permission; `kind` is it in words."""

    target: str
    id: str
    title: str
    severity: str
    kind: str
    basis: tuple[Link, ...]
    bearer: str
    due: str
    question: str
    note: str
    remedy: str
    parameters: tuple[Link, ...]
    definitions: tuple[Link, ...]
    rules: tuple[Link, ...]
    text: str
    changes: tuple[str, ...]
    cases: tuple[CaseEntry, ...]


@noun
class Reason:
    """Why places have no rule of their own; `places` is empty where that is all of the passage."""

    places: str
    text: str


@noun
class Passage:
    """A paragraph with its items, or a whole article (without a text), and what carries it.

    `rules` are told here, `others` elsewhere. `gaps` are the places in it that have neither a rule nor a reason.
    """

    target: str
    label: str
    text: str
    items: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...]
    others: tuple[Link, ...]
    definitions: tuple[Link, ...]
    parameters: tuple[Link, ...]
    reasons: tuple[Reason, ...]
    gaps: tuple[str, ...]


@noun
class Article:
    """An article with its paragraphs, before them what rests on all of it."""

    target: str
    label: str
    passages: tuple[Passage, ...]


@noun
class TraceRow:
    """What carries a place, in words: `others` are definitions, parameters and the header; `depth` is 0 for an article, 1 for a
    paragraph, 2 for an item. `gap` is the full name of a place that has neither a rule nor a reason, else empty."""

    place: Link
    depth: int
    rules: tuple[Link, ...]
    others: tuple[Link, ...]
    reasons: tuple[str, ...]
    gap: str


@noun
class Matrix:
    """Which rule rests on which article: a row for each rule, with the paragraphs (empty: none) in the articles' columns."""

    articles: tuple[Link, ...]
    rows: tuple[tuple[Link, tuple[str, ...]], ...]


@noun
class Parameter:
    target: str
    named: Named
    default: str
    bounds: str
    basis: tuple[Link, ...]
    note: str
    rules: tuple[Link, ...]


@noun
class Definition:
    target: str
    named: Named
    basis: tuple[Link, ...]
    note: str
    text: str
    rules: tuple[Link, ...]


@noun
class Entity:
    """A table of the data; of each field its name, its type and its marks."""

    target: str
    named: Named
    fields: tuple[tuple[Named, Link, str], ...]


@noun
class Enum:
    target: str
    named: Named
    members: tuple[Named, ...]


@noun
class Document:
    """A whole pack. `facts` are the settings of its header, `unplaced` the rules that rest on no article."""

    language: str
    title: str
    program: str
    facts: tuple[tuple[str, str], ...]
    basis: tuple[Link, ...]
    note: str
    counts: str
    articles: tuple[Article, ...]
    unplaced: tuple[Rule, ...]
    traces: tuple[TraceRow, ...]
    matrix: Matrix
    parameters: tuple[Parameter, ...]
    definitions: tuple[Definition, ...]
    entities: tuple[Entity, ...]
    enums: tuple[Enum, ...]
    rules: tuple[Rule, ...]
