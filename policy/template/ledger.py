"""What an empty ledger asks for: a sheet for each mapping that has a form, a column under each of its headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping as Table, Sequence

from policy.lang.form import Column, Form, Sheet
from policy.lang.mapping import LedgerColumn, Mapping, Origins, Template
from policy.lang.noun import noun
from policy.lang.schema import Field, Vocabulary
from policy.messages import text
from policy.messages.problems import accepted
from policy.template.words import KINDS, choices_of, headed

__all__ = ["build_ledger_form"]

_LINES = ("F60", "F61", "F62", "F63", "F64", "F16", "F65", "F18")


def build_ledger_form(
    mappings: Iterable[Mapping], vocabulary: Vocabulary, title: str, language: str, examples: Table[str, str]
) -> Form | None:
    """The form of the ledgers of a pack, lists before those that name what is listed; None where no mapping has a form.

    Headers are as the mappings have them; codes and instructions are in `language`. `examples` are as for `build_form`.
    """
    having = sorted((mapping for mapping in mappings if mapping.form), key=lambda mapping: mapping.order)
    if not having:
        return None
    builder = _Builder(having, vocabulary, language, examples)
    lines = tuple(text(code, language) for code in _LINES)
    headings = tuple(text(code, language) for code in ("F20", "F21", "F22"))
    return Form(text("F10", language, title=title), language, lines, headings, tuple(map(builder.sheet, having)))


@noun
class _Use:
    """The field of a row that a column of a ledger gives, and how its value comes about."""

    template: Template
    field: Field
    origins: Origins
    alone: bool

    @property
    def plain(self) -> bool:
        """Whether the cell is the value as it stands, and no text of which a part is."""
        return self.origins.phrase is None and "." not in (self.origins.column or "")


class _Builder:
    def __init__(self, mappings: Sequence[Mapping], vocabulary: Vocabulary, language: str, examples: Table[str, str]) -> None:
        self.vocabulary = vocabulary
        self.language = language
        self.examples = examples
        self.lists: dict[str, tuple[Mapping, LedgerColumn]] = {}
        for mapping in mappings:
            for entity, column in self._named(mapping):
                self.lists.setdefault(entity, (mapping, column))

    def sheet(self, mapping: Mapping) -> Sheet:
        columns = tuple(self._column(mapping, header) for header in mapping.form)
        required = tuple(header[-1] for header, column in zip(mapping.form, columns) if column.required)
        targets = dict.fromkeys(column.target for column in columns if column.target not in ("", mapping.name))
        naming = {column.name for listed, column in self.lists.values() if listed is mapping}
        under = [mapping.column_under(header) for header in mapping.form]
        called_by = next((place for place, column in enumerate(under) if column and column.name in naming), 0)
        return Sheet(mapping.name, columns, required, tuple(targets), called_by, mapping.name, tuple(_blanks(mapping)))

    # --- what columns are used for -----------------------------------------------------------------------------------

    def _uses(self, mapping: Mapping, column: LedgerColumn | None = None) -> Iterator[_Use]:
        """What a column is used for (None: any), those that are its value as it stands first."""
        uses = [
            _Use(template, field, origins, len(several) == 1)
            for template in mapping.templates
            for name, several in template.values
            if (field := self.vocabulary.entities[template.entity].field(name))
            for origins in several
            if origins.column and (column is None or origins.column.partition(".")[0] == column.name)
        ]
        yield from sorted(uses, key=lambda use: not use.plain)

    def _named(self, mapping: Mapping) -> Iterator[tuple[str, LedgerColumn]]:
        """The entities that a mapping lists, each with the column that its rows are called by."""
        names = {lookup.entity: lookup.name for lookup in mapping.lookups}
        for use in self._uses(mapping):
            if use.plain and use.template.find != "refuse" and names.get(use.template.entity) == use.field.name:
                yield use.template.entity, mapping.columns[use.origins.column or ""]

    # --- columns -----------------------------------------------------------------------------------------------------

    def _column(self, mapping: Mapping, header: tuple[str, ...]) -> Column:
        column = mapping.column_under(header)
        group = header[-2] if len(header) > 1 else ""
        if column is None:  # what has no use stands there because people look for it
            return Column(header[-1], "text", False, text("F68", self.language, column=header[-1]), group=group)
        uses = list(self._uses(mapping, column))
        required = column.required or any(_needed(use, mapping) for use in uses)
        kind, choices, target = self._kind(uses)
        said = "\n".join(filter(None, self._said(header[-1], column, required, uses, kind, choices, target)))
        shown = headed(header[-1], required, self.language)
        return Column(shown, kind, required, said, choices, target, bool(column.separators), group)

    def _kind(self, uses: Sequence[_Use]) -> tuple[str, tuple[str, ...], str]:
        """The kind of a column, its choices, and the sheet whose rows it names."""
        for use in (use for use in uses if use.plain):
            target = self._target(use)
            if target:
                return "ref", (), target
            if use.origins.translations:
                first = {meaning: said for said, meaning in reversed(use.origins.translations)}
                return "choice", tuple(reversed(first.values())), ""
            choices = choices_of(use.field, self.vocabulary, self.language)
            if choices:
                return "choice", choices, ""
            if use.field.type.kind in KINDS:
                return KINDS[use.field.type.kind], (), ""
        return "text", (), ""

    def _target(self, use: _Use) -> str:
        """The sheet that lists what a value names, if it has to stand there."""
        entity = use.field.type.name if use.field.type.is_ref else use.template.entity if use.template.find == "refuse" else None
        return self.lists[entity][0].name if entity in self.lists else ""

    def _said(
        self, name: str, column: LedgerColumn, required: bool, uses: Sequence[_Use], kind: str, choices: tuple[str, ...], target: str
    ) -> Iterator[str]:
        """What goes into a column: whether it has to, what is accepted, several at once, an example, what becomes of it."""
        yield text("F40" if required else "F41", self.language, column=name)
        if target:
            yield text("F67", self.language, sheet=target)
        else:
            yield accepted(("enum", *choices) if choices else (kind,), self.language)
        if kind == "date" and any(use.template.when for use in uses):
            yield text("F69", self.language)
        if column.separators:
            yield text("F47", self.language, separators=" ".join(column.separators.split()))
        plain = [use for use in uses if use.plain and not target]
        example = next(filter(None, (self.examples.get(f"{use.template.entity}.{use.field.name}") for use in plain)), "")
        yield text("F42", self.language, example=example) if example else ""
        yield text("F44", self.language) if any(use.field.confidential for use in uses) else ""
        yield text("F46", self.language) if any(use.field.tree for use in uses) else ""


def _needed(use: _Use, mapping: Mapping) -> bool:
    """Whether a row that every row of the ledger gives cannot do without a value."""
    columns = (origins.column for _, several in use.template.values for origins in several)
    always = any(mapping.columns[column].required for column in columns if column in mapping.columns)
    return always and use.plain and use.alone and not use.field.optional and not use.template.each


def _blanks(mapping: Mapping) -> Iterator[str]:
    """What is to be said above the table, of several names for it the first."""
    for template in mapping.templates:
        for _, several in template.values:
            yield from [f"{origins.label}：" for origins in several if origins.label][:1]
