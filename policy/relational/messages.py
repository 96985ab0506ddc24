"""The messages of outcomes, in SQL; `policy.lang.telling` says how a value is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from policy.lang import ir
from policy.lang.keywords import UNITS
from policy.lang.telling import BRACKETS, WORDS, display_name
from policy.lang.types import COUNT, Type
from policy.relational.columns import column_of
from policy.relational.copies import Copies
from policy.relational.database import quoted, text
from policy.relational.exhibits import Columns, among
from policy.relational.expressions import type_of
from policy.relational.rules import RuleQueries
from policy.relational.sql import number_text

__all__ = ["NO_MENTIONS", "MessageQueries"]


NO_MENTIONS = 'CAST([] AS STRUCT("begin" BIGINT, "end" BIGINT, entity VARCHAR, key VARCHAR)[])'


class _Part(NamedTuple):
    """A part of a message: its text; whether it may name somebody (None: it never does); and the row that it names, entity and key."""

    said: str
    names: str | None = None
    entity: str = "''"
    key: str = "''"


class MessageQueries:
    """The queries of one rule for the messages of its outcomes."""

    def __init__(self, queries: RuleQueries, copies: Copies) -> None:
        self._queries = queries
        self._rule = queries.rule
        self._world = queries.world
        self._copies = copies
        self._vocabulary = queries.world.pack.vocabulary
        self._words = WORDS[queries.rule.language]
        self._joins: dict[str, str] = {}

    def keys(self, words: str | None, statuses: Collection[str]) -> Iterator[tuple[str, str]]:
        """The entities of the rows that are called by their names, bearers among them, each with the query for their keys; of outcomes of these statuses.

        `words` is the table of `RuleQueries.words`, if there is one.
        """
        outcomes = f"FROM {quoted(self._queries.name)} AS own WHERE {among(statuses)}"
        for entity, begins in self._bearers():
            yield entity, f"SELECT {_behind(begins)} AS key {outcomes} AND starts_with(own.bearer, {text(begins)})"
        for number, expr in enumerate(self._queries.expressions() if words else ()):
            if self._is_row(type_of(expr)):
                yield type_of(expr).name or "", f"SELECT {quoted(f'word {number}')} AS key FROM {quoted(words or '')}"

    def told(self, statuses: Collection[str], words: str | None) -> Columns:
        """What is said of outcomes: `message` and `mentions`, of those of these statuses, and `bearer_name`, what those are called who owe them.

        `words` is the table of `RuleQueries.words`, if there is one.
        """
        bearer = f"LEFT JOIN ({self._bearers_called()}) AS bearer ON bearer.bearer = own.bearer"
        self._joins = {} if self._rule.bearer is None else {"bearer": bearer}
        if words is not None:
            self._joins["word"] = f"LEFT JOIN {quoted(words)} AS word ON word.place = own.place"
        parts = list(self._parts()) if statuses else []
        first, mentions, at = [f"{'CAST(NULL AS VARCHAR)' if self._rule.bearer is None else 'bearer.name'} AS bearer_name"], [], "0"
        for number, part in enumerate(parts):
            said = quoted(f"said {number}")
            first.append(f"{part.said} AS {said}")
            if part.names is not None:
                first += [f"{part.names} AS {quoted(f'names {number}')}", f"{part.key} AS {quoted(f'key {number}')}", f"{part.entity} AS {quoted(f'entity {number}')}"]
                where = f"\"begin\": {at}, \"end\": {at} + length({said}), entity: {quoted(f'entity {number}')}, key: {quoted(f'key {number}')}"
                mentions.append(f"CASE WHEN {quoted(f'names {number}')} THEN [{{{where}}}] ELSE {NO_MENTIONS} END")
            at += f" + length({said})"
        message = " || ".join(quoted(f"said {number}") for number in range(len(parts))) or "''"
        listed = f"list_concat({', '.join(mentions)})" if len(mentions) > 1 else mentions[0] if mentions else NO_MENTIONS
        there = among(statuses) if statuses else "FALSE"
        then = ["bearer_name", f"CASE WHEN {there} THEN {message} END AS message", f"CASE WHEN {there} THEN {listed} END AS mentions"]
        return Columns([], list(self._joins.values()), first, then)

    def _parts(self) -> Iterator[_Part]:
        number = 0
        for part in self._rule.message:
            if isinstance(part, str):
                yield _Part(text(part))
            elif part.expr is None:
                yield self._known(part.name)
            else:
                yield self._value(number, type_of(part.expr))
                number += 1

    # --- what every message may say ----------------------------------------------------------------------------------

    def _known(self, name: str) -> _Part:
        as_of = f"DATE {text(self._world.as_of.isoformat())}"
        if name == "bearer":
            return self._bearer()
        said = {"due": "own.due", "fulfilled": "own.fulfilled", "as_of": as_of, "days": f"coalesce(own.fulfilled, {as_of}) - own.due"}[name]
        return _Part(self._or_none(f"CAST({said} AS VARCHAR)", name))

    def _bearer(self) -> _Part:
        if self._rule.bearer is None:
            return _Part(text(str(self._words["none"])))
        return self._row("bearer", "bearer.entity")

    def _bearers_called(self) -> str:
        """Those who can bear the duty: `bearer`, `entity`, `key` and `name`."""
        return " UNION ALL ".join(self._called(entity, f"{text(begins)} || key AS bearer, {text(entity)} AS entity, key") for entity, begins in self._bearers())

    def _bearers(self) -> list[tuple[str, str]]:
        """The entities of those who can bear the duty, each with what a bearer begins with."""
        if self._rule.bearer is None:
            return []
        type_ = type_of(self._rule.bearer)
        entities = [type_.name or ""] if type_.is_ref else list(self._vocabulary.entities)
        return [(entity, self._world.any_row(entity, "")) for entity in entities]

    # --- values of expressions ---------------------------------------------------------------------------------------

    def _value(self, number: int, type_: Type) -> _Part:
        word = f"word.{quoted(f'word {number}')}"
        if self._is_row(type_):
            alias = f"row{number}"
            self._joins[alias] = f"LEFT JOIN ({self._called(type_.name or '', 'key')}) AS {alias} ON {alias}.key = {word}"
            return self._row(alias, text(type_.name or ""))
        if type_ == COUNT:
            low, high = (f"word.{quoted(f'word {number} {end}')}" for end in ("low", "high"))
            return _Part(f"CASE WHEN {low} = {high} THEN CAST({low} AS VARCHAR) ELSE {low} || '–' || {high} END")
        said = self._or_none(self._text(word, type_))
        return _Part(said, f"{word} IS NOT NULL") if type_.kind in ("text", "ref", "any_ref") else _Part(said)

    def _text(self, word: str, type_: Type) -> str:
        language = self._rule.language
        if type_.kind == "bool":
            return f"CASE WHEN {word} THEN {text(str(self._words[True]))} WHEN NOT {word} THEN {text(str(self._words[False]))} END"
        if type_.kind == "number":
            return number_text(word)
        if type_.kind in UNITS:
            units = UNITS[type_.kind][language]
            return f"{word} || {text(units[0])}" if language == "zh" else f"{word} || CASE {word} WHEN 1 THEN {text(f' {units[1]}')} ELSE {text(f' {units[0]}')} END"
        if type_.kind == "month_day":
            return f"printf('%02d-%02d', {word} // 100, {word} % 100)"
        if type_.is_enum and language == "zh" and type_.name in self._vocabulary.enums:
            labels = [f"WHEN {text(member.name)} THEN {text(member.label)}" for member in self._vocabulary.enums[type_.name].members if member.label]
            return f"CASE {word} {' '.join(labels)} ELSE {word} END" if labels else word
        return f"CAST({word} AS VARCHAR)"

    def _or_none(self, said: str, name: str = "") -> str:
        return f"coalesce({said}, {text(str(self._words.get(name, self._words['none'])))})"

    # --- rows --------------------------------------------------------------------------------------------------------

    def _is_row(self, type_: Type) -> bool:
        return type_.is_ref and type_.name in self._vocabulary.entities

    def _called(self, entity: str, columns: str) -> str:
        """The rows of an entity with what they are called."""
        field = display_name(self._vocabulary.entities[entity])
        name = "CAST(NULL AS VARCHAR)" if field is None else f"nullif(CAST({quoted(column_of(field))} AS VARCHAR), '')"
        return f"SELECT {columns}, {name} AS name FROM {self._copies.table(entity)}"

    def _row(self, alias: str, entity: str) -> _Part:
        """A row of `_called` that is joined: by its name and key, or its key alone."""
        begin, end = map(text, BRACKETS[self._rule.language])
        said = f"coalesce({alias}.name || {begin} || {alias}.key || {end}, {alias}.key)"
        return _Part(self._or_none(said), f"{alias}.key IS NOT NULL", entity, f"{alias}.key")


def _behind(begins: str) -> str:
    """The key of a bearer that begins so."""
    return f"substr(own.bearer, {len(begins) + 1})"
