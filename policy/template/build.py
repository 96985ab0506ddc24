"""What a form to fill in asks for: a sheet per entity, a column per field, and in words what goes in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from policy.lang.form import Column, Form, Sheet
from policy.lang.schema import Entity, Field, Vocabulary, takes
from policy.lang.table import OWN_SHEETS
from policy.messages import text
from policy.messages.problems import accepted
from policy.template.words import KINDS, choices_of, headed

__all__ = ["FormError", "build_form"]

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LONGEST_NAME = 31


class FormError(Exception):
    """An entity, `name`, none of whose names can be that of a sheet."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def build_form(vocabulary: Vocabulary, title: str, language: str, examples: Mapping[str, str]) -> Form:
    """The form of a pack's tables, under their names in a language. `examples` gives values to show by field (`talk.end`).

    Raises FormError.
    """
    builder = _Builder(vocabulary, language, examples)
    sheets = tuple(builder.sheet(entity) for entity in vocabulary.entities.values())
    lines = tuple(text(code, language) for code in ("F11", "F12", "F13", "F14", "F15", "F16", "F17", "F18"))
    headings = tuple(text(code, language) for code in ("F20", "F21", "F22"))
    return Form(text("F10", language, title=title), language, lines, headings, sheets)


class _Builder:
    def __init__(self, vocabulary: Vocabulary, language: str, examples: Mapping[str, str]) -> None:
        self.vocabulary = vocabulary
        self.language = language
        self.examples = examples
        self.names = _sheet_names(vocabulary.entities.values(), language)

    def sheet(self, entity: Entity) -> Sheet:
        fields = sorted(entity.fields, key=lambda field: not field.key)
        columns = tuple(self._column(entity, field) for field in fields)
        required = tuple(self._name(field) for field in fields if not field.optional)
        others = (field.type.name for field in fields if field.type.is_ref and field.type.name != entity.name)
        targets = dict.fromkeys(self.names[other] for other in others)
        return Sheet(self.names[entity.name], columns, required, tuple(targets))

    def _name(self, thing: Entity | Field) -> str:
        return thing.label if thing.label and self.language == "zh" else thing.name

    def _column(self, entity: Entity, field: Field) -> Column:
        header = headed(self._name(field), not field.optional, self.language)
        comment = "\n".join(self._said(entity, field))
        if field.type.is_ref:
            return Column(header, "ref", not field.optional, comment, target=self.names[field.type.name])
        choices = choices_of(field, self.vocabulary, self.language)
        return Column(header, "choice" if choices else KINDS.get(field.type.kind, "text"), not field.optional, comment, choices)

    def _said(self, entity: Entity, field: Field) -> Iterable[str]:
        """What goes into a column: whether it has to, what is accepted, an example, what becomes of it."""
        yield text("F41" if field.optional else "F40", self.language, column=self._name(field))
        yield accepted(self._takes(field), self.language)
        example = self.examples.get(f"{entity.name}.{field.name}", "")
        if example:
            yield text("F42", self.language, example=example)
        marks = (("F43", field.occurs), ("F44", field.confidential), ("F45", field.secrecy), ("F46", field.tree))
        yield from (text(code, self.language) for code, marked in marks if marked)

    def _takes(self, field: Field) -> tuple[str, ...]:
        """What a field accepts, by the names that the form uses."""
        kind, *_ = taken = takes(field, self.vocabulary)
        if kind == "enum":
            return ("enum", *choices_of(field, self.vocabulary, self.language))
        if kind == "ref":
            return ("ref", self.names[field.type.name], self._name(self.vocabulary.entities[field.type.name].key))
        return taken


def _sheet_names(entities: Iterable[Entity], language: str) -> dict[str, str]:
    """What the sheets are called, by entity: by its label or, in English or where a sheet cannot be called so, its identifier."""
    names: dict[str, str] = {}
    used = {name.casefold() for own in OWN_SHEETS.values() for name in own.values()}
    for entity in entities:
        wanted = (entity.label, entity.name) if language == "zh" else (entity.name, entity.label)
        name = next((one for one in wanted if one and _can_be_sheet(one) and one.casefold() not in used), None)
        if name is None:
            raise FormError(entity.label or entity.name)
        used.add(name.casefold())
        names[entity.name] = name
    return names


def _can_be_sheet(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and not _FORBIDDEN.search(name) and name.casefold() != "history"
