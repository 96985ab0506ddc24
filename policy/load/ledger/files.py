"""The file of a mapping as a mapping: its keys, what they may hold, and whether everything that it names is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping as Table
from typing import Any

import attrs

from policy.diagnostic import Diagnostic
from policy.lang.mapping import SPLIT, Choice, LedgerColumn, Lookup, Mapping, Origins, Phrase, Template
from policy.lang.schema import Entity, Enum, Field, Vocabulary
from policy.load.texts import folded
from policy.near import nearest
from policy.source import Source
from policy.toml import Document, TomlError, parse

__all__ = ["base_of", "read_mapping"]

_TOP = {
    "name": "名称", "based_on": "基于", "order": "先后", "skip": "略过", "stop": "止于", "carry": "沿用", "split": "分行", "unused": "不用",
    "form": "样表", "columns": "列", "codes": "代码", "phrases": "分类", "lookups": "查找", "rows": "行",
}  # fmt: skip
_COLUMN = {"headers": "表头", "required": "必有", "optional": "可无", "parts": "拆", "separators": "分隔"}
_PHRASE = {"separators": "分段", "skip": "略去", "rules": "规则", "otherwise": "否则"}
_CHOICE = {"has": "含", "lacks": "不含", "whole": "全文", "means": "得"}
_LOOKUP = {"name": "名称", "parent": "上级", "omit": "略去", "by": "凭"}
_ROW = {
    "name": "名称", "entity": "表", "key": "编号", "key_column": "编号列", "made_of": "取自", "each": "逐个", "when": "当", "unless": "除非",
    "new": "当新增", "find": "查找", "within": "在", "once": "一次", "values": "项",
}  # fmt: skip
_ORIGIN = {"column": "列", "label": "标注", "constant": "值", "row": "行", "translations": "译", "phrase": "分类", "first": "首日"}
_SOURCES = ("column", "label", "constant", "row")
_FIND = {"add": "新增", "refuse": "报错"}
_KINDS: dict[type, str] = {str: "text", bool: "bool", int: "int", dict: "table", list: "list"}

Path = tuple[str | int, ...]


def base_of(content: bytes) -> str | None:
    """The name of the mapping that a file is based on, if it can be told."""
    try:
        values = parse(content).values
    except TomlError:
        return None
    found = values.get("基于", values.get("based_on"))
    return found if isinstance(found, str) else None


def read_mapping(
    name: str, content: bytes, vocabulary: Vocabulary, known: Table[str, Mapping]
) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """What the file `name` says, or None and all its mistakes. `known` are the mappings that it may be based on, by name."""
    try:
        document = parse(content)
    except TomlError as error:
        source = Source(name, error.text)
        if error.place is None:
            return None, (Diagnostic("D101", source, (0, 0)),)
        return None, (Diagnostic("D102", source, (error.place, error.place + 1), help="toml"),)
    reader = _Reader(name, document, vocabulary, known)
    mapping = reader.mapping()
    return (None, tuple(sorted(reader.found, key=lambda one: one.span))) if reader.found else (mapping, ())


class _Reader:
    """A file being read, and the mistakes found in it."""

    def __init__(self, name: str, document: Document, vocabulary: Vocabulary, known: Table[str, Mapping]) -> None:
        self.source = Source(name, document.text)
        self.document = document
        self.vocabulary = vocabulary
        self.known = known
        self.found: list[Diagnostic] = []
        self.base = Mapping("", name, 9, {}, ())
        self.columns: dict[str, LedgerColumn] = {}
        self.phrases: dict[str, Phrase] = {}
        self.names: set[str] = set()

    # --- mistakes ----------------------------------------------------------------------------------------------------

    def refuse(self, code: str, path: Path, help: str | None = None, *, at_value: bool = False, **arguments: str) -> None:
        place = self.document.place(path)
        filling = {name: arguments[name] for name in ("near", "known") if name in arguments}
        span = place.value if at_value else place.key
        language = "en" if self.source.text.isascii() else "zh"
        self.found.append(Diagnostic(code, self.source, span, arguments, help, filling, language=language))

    def unknown(self, code: str, path: Path, word: str, known: Iterable[str], *, at_value: bool = True, **arguments: str) -> None:
        """Something that there is not, with the nearest that there is, else with all of them."""
        known = list(dict.fromkeys(known))
        near = nearest(word, known)
        arguments = {"word": word, "near": near or "", "known": " ".join(known), **arguments}
        self.refuse(code, path, "near" if near else "known", at_value=at_value, **arguments)

    def members(self, value: Any, path: Path, names: Table[str, str]) -> dict[str, tuple[Path, Any]]:
        """The members of a table by their English keys, each with its path and value; others are mistakes."""
        members: dict[str, tuple[Path, Any]] = {}
        for written, one in self.table(value, path):
            key = next((key for key, chinese in names.items() if written in (key, chinese)), None)
            if key is None:
                self.unknown("D103", (*path, written), written, names if written.isascii() else names.values(), at_value=False)
            elif key in members:
                self.refuse("D093", (*path, written), key=written, other=names[key] if written != names[key] else key)
            else:
                members[key] = ((*path, written), one)
        return members

    # --- values of a kind --------------------------------------------------------------------------------------------

    def is_a(self, kind: type, value: Any, path: Path) -> bool:
        fits = isinstance(value, kind) and (kind is not int or not isinstance(value, bool))
        if not fits:
            self.refuse("D104", path, key=str(path[-1]), kind=f"@kind:{_KINDS[kind]}", at_value=True)
        return fits

    def table(self, value: Any, path: Path) -> Iterator[tuple[str, Any]]:
        if self.is_a(dict, value, path):
            yield from value.items()

    def text(self, member: tuple[Path, Any] | None, default: str = "") -> str:
        return member[1] if member and self.is_a(str, member[1], member[0]) else default

    def flag(self, member: tuple[Path, Any] | None) -> bool:
        return bool(member and self.is_a(bool, member[1], member[0]) and member[1])

    def items(self, member: tuple[Path, Any] | None) -> Iterator[tuple[Path, Any]]:
        """The members of a list, or the one thing that stands in its place."""
        if member is None:
            return
        path, value = member
        if isinstance(value, list):
            yield from (((*path, number), one) for number, one in enumerate(value))
        else:
            yield path, value

    def texts(self, member: tuple[Path, Any] | None) -> tuple[str, ...]:
        return tuple(one for path, one in self.items(member) if self.is_a(str, one, path))

    def pattern(self, member: tuple[Path, Any] | None) -> str:
        text = self.text(member)
        try:
            re.compile(text)
        except re.error:
            assert member is not None, "nothing is a pattern"
            self.refuse("D105", member[0], key=str(member[0][-1]), at_value=True)
            return ""
        return text

    def named(self, code: str, member: tuple[Path, Any] | None, find: Callable[[str], Any], known: Iterable[str]) -> Any:
        """What a text names, or the key of a member that is its own name, which `find` finds."""
        text = self.text(member)
        found = find(text) if text else None
        if text and found is None:
            assert member is not None, "a text stands somewhere"
            self.unknown(code, member[0], text, known, at_value=member[0][-1] != text)
        return found

    def column(self, path: Path, name: str) -> str | None:
        """The name of a column, or of a part of one, that there is."""
        if name == SPLIT or name in self._all_columns():
            return name
        self.unknown("D106", path, name, self._all_columns())
        return None

    def _all_columns(self) -> list[str]:
        parts = ((column.name, re.compile(column.parts).groupindex) for column in self.columns.values())
        return [name for column, groups in parts for name in (column, *(f"{column}.{group}" for group in groups))]

    def columns_of(self, member: tuple[Path, Any] | None) -> tuple[str, ...]:
        names = ((path, name) for path, name in self.items(member) if self.is_a(str, name, path))
        return tuple(found for path, name in names if (found := self.column(path, name)))

    def entity(self, member: tuple[Path, Any]) -> Entity | None:
        return self.named("D107", member, self.vocabulary.entity, _labels(self.vocabulary.entities.values()))

    def field(self, entity: Entity, member: tuple[Path, Any] | None) -> Field | None:
        return self.named("D108", member, entity.field, _labels(entity.fields))

    def required(self, members: Table[str, tuple[Path, Any]], path: Path, names: Table[str, str], *keys: str) -> bool:
        lacking = [names[key] for key in keys if key not in members]
        for key in lacking:
            self.refuse("D109", path, key=key)
        return not lacking

    # --- the parts of a mapping --------------------------------------------------------------------------------------

    def mapping(self) -> Mapping:
        top = self.members(self.document.values, (), _TOP)
        self.base = self.named("D110", top.get("based_on"), self.known.get, self.known) or self.base
        self.columns = dict(self.base.columns)
        self.phrases = {phrase.name: phrase for phrase in self.base.phrases}
        self._read_columns(top.get("columns"))
        self._read_phrases(top.get("phrases"))
        lookups = {one.entity: one for one in self.base.lookups} | {one.entity: one for one in self._lookups(top.get("lookups"))}
        templates = self._templates(top.get("rows"))
        if "name" not in top:
            self.found.append(Diagnostic("D109", self.source, (0, 0), {"key": _TOP["name"]}))
        order = top.get("order")
        mapping = Mapping(
            name=self.text(top.get("name"), self.base.name),
            file=self.source.name,
            order=order[1] if order and self.is_a(int, order[1], order[0]) else self.base.order,
            columns=self.columns,
            templates=tuple(templates.values()),
            skip=self.pattern(top.get("skip")) or self.base.skip,
            stop=self.pattern(top.get("stop")) or self.base.stop,
            carry=tuple(self.columns_of(group) for group in self.items(top["carry"])) if "carry" in top else self.base.carry,
            split=self.columns_of(top["split"]) if "split" in top else self.base.split,
            unused=(*self.base.unused, *self.texts(top.get("unused"))),
            codes=(*self.base.codes, *self._codes(top.get("codes"))),
            phrases=tuple(self.phrases.values()),
            lookups=tuple(lookups.values()),
            form=self._headers(top["form"]) if "form" in top else self.base.form,
        )
        self._check_form(mapping, top.get("form"))
        return mapping

    def _check_form(self, mapping: Mapping, member: tuple[Path, Any] | None) -> None:
        """What is filled in under a header of the form has to be read again, or be known to have no use."""
        known = ["｜".join(header) for column in mapping.columns.values() for header in column.headers] + list(mapping.unused)
        for (path, text), header in zip(self.items(member), mapping.form if member else ()):
            if mapping.column_under(header) is None and header[-1] not in mapping.unused:
                self.unknown("D270", path, text, known)

    def _read_columns(self, member: tuple[Path, Any] | None) -> None:
        for name, value in self.table(member[1], member[0]) if member else ():
            path = (*member[0], name)
            base = self.columns.get(name, LedgerColumn(name, ()))
            if not isinstance(value, dict):
                self.columns[name] = attrs.evolve(base, headers=self._headers((path, value)))
                continue
            given = self.members(value, path, _COLUMN)
            self.columns[name] = LedgerColumn(
                name,
                self._headers(given["headers"]) if "headers" in given else base.headers,
                self.flag(given["required"]) if "required" in given else base.required,
                self.flag(given["optional"]) if "optional" in given else base.optional,
                self.pattern(given["parts"]) if "parts" in given else base.parts,
                self.text(given.get("separators"), base.separators),
            )

    def _headers(self, member: tuple[Path, Any]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(re.split("[｜|]", text)) for text in self.texts(member))

    def _read_phrases(self, member: tuple[Path, Any] | None) -> None:
        for name, value in self.table(member[1], member[0]) if member else ():
            given = self.members(value, (*member[0], name), _PHRASE)
            choices = [self._choice(self.members(one, path, _CHOICE)) for path, one in self.items(given.get("rules"))]
            otherwise = self._pairs(given.get("otherwise"))
            separators, skip = self.text(given.get("separators")), self.pattern(given.get("skip"))
            self.phrases[name] = Phrase(name, separators, skip, tuple(choices), otherwise)

    def _choice(self, given: Table[str, tuple[Path, Any]]) -> Choice:
        has, lacks, whole = (self.pattern(given.get(key)) for key in ("has", "lacks", "whole"))
        return Choice(has, lacks, whole, self._pairs(given.get("means")))

    def _pairs(self, member: tuple[Path, Any] | None) -> tuple[tuple[str, str], ...]:
        pairs = self.table(member[1], member[0]) if member else ()
        return tuple((key, one) for key, one in pairs if self.is_a(str, one, (*member[0], key)))

    def _codes(self, member: tuple[Path, Any] | None) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        for name, value in self.table(member[1], member[0]) if member else ():
            path = (*member[0], name)
            enum = self.named("D111", (path, name), self.vocabulary.enum, _labels(self.vocabulary.enums.values()))
            for label, texts in self.table(value, path) if enum else ():
                yield enum.name, self._texts_of(enum, label, (*path, label), texts)

    def _texts_of(self, enum: Enum, label: str, path: Path, texts: Any) -> tuple[tuple[str, str], ...]:
        member = self.named("D112", (path, label), enum.member, _labels(enum.members))
        return tuple((folded(text), member.name) for text in self.texts((path, texts))) if member else ()

    def _lookups(self, member: tuple[Path, Any] | None) -> Iterator[Lookup]:
        for name, value in self.table(member[1], member[0]) if member else ():
            path = (*member[0], name)
            given = self.members(value, path, _LOOKUP)
            entity = self.entity((path, name))
            if entity is None or not self.required(given, path, _LOOKUP, "name"):
                continue
            called, parent = (self.field(entity, given.get(key)) for key in ("name", "parent"))
            by = self.entity(given["by"]) if "by" in given else None
            if called:
                yield Lookup(entity.name, called.name, self.pattern(given.get("omit")), parent and parent.name, by and by.name)

    # --- rows --------------------------------------------------------------------------------------------------------

    def _templates(self, member: tuple[Path, Any] | None) -> dict[str, Template]:
        templates = {one.name: one for one in self.base.templates}
        self.names = set(templates)
        for path, value in self.items(member):
            given = self.members(value, path, _ROW)
            name = self.text(given.get("name")) or self.text(given.get("entity"))
            template = self._template(name, given, path, templates.get(name))
            self.names.add(name)
            if template:
                templates[name] = template
        return templates

    def _template(self, name: str, given: Table[str, tuple[Path, Any]], path: Path, base: Template | None) -> Template | None:
        if base is None and not self.required(given, path, _ROW, "entity", "values"):
            return None
        entity = self.entity(given["entity"]) if "entity" in given else base and self.vocabulary.entities[base.entity]
        if entity is None:
            return None
        base = base or Template(name, entity.name, ())
        values = dict(base.values) | dict(self._values(entity, given.get("values")))
        find = self.named("D113", given.get("find"), lambda text: _word(text, _FIND), _FIND.values())
        return attrs.evolve(
            base,
            values=tuple(values.items()),
            key=self.text(given.get("key"), base.key),
            made_of=self._made_of(given["made_of"]) if "made_of" in given else base.made_of,
            key_column=next(iter(self.columns_of(given.get("key_column"))), base.key_column),
            each=next(iter(self.columns_of(given.get("each"))), base.each),
            when=self.columns_of(given["when"]) if "when" in given else base.when,
            unless=self.columns_of(given["unless"]) if "unless" in given else base.unless,
            new=self._row(given.get("new")) or base.new,
            find=find or base.find,
            within=self._row(given.get("within")) or base.within,
            once=self.flag(given["once"]) if "once" in given else base.once,
        )

    def _row(self, member: tuple[Path, Any] | None) -> str | None:
        return self.named("D114", member, lambda text: text if text in self.names else None, self.names)

    def _made_of(self, member: tuple[Path, Any]) -> tuple[str, ...]:
        names = ((path, name) for path, name in self.items(member) if self.is_a(str, name, path))
        return tuple(found for path, name in names if (found := name if name in self.names else self.column(path, name)))

    def _values(self, entity: Entity, member: tuple[Path, Any] | None) -> Iterator[tuple[str, tuple[Origins, ...]]]:
        for written, value in self.table(member[1], member[0]) if member else ():
            path = (*member[0], written)
            field = self.field(entity, (path, written))
            origins = [self._origins(field, one, place) for place, one in self.items((path, value)) if field]
            if field:
                yield field.name, tuple(filter(None, origins))

    def _origins(self, field: Field, value: Any, path: Path) -> Origins | None:
        if isinstance(value, str):
            column = self.column(path, value)
            return Origins(column) if column else None
        given = self.members(value, path, _ORIGIN)
        if sum(key in given for key in _SOURCES) != 1:
            self.refuse("D115", path, known=" ".join(_ORIGIN[key] for key in _SOURCES), at_value=True)
            return None
        constant = self.text(given.get("constant")) or None
        if constant and field.type.is_enum:
            enum = self.vocabulary.enums[field.type.name or ""]
            self.named("D112", given["constant"], enum.member, _labels(enum.members))
        return Origins(
            column=next(iter(self.columns_of(given.get("column"))), None),
            label=self.text(given.get("label")) or None,
            constant=constant,
            row=self._row(given.get("row")),
            translations=tuple((folded(text), meaning) for text, meaning in self._pairs(given.get("translations"))),
            phrase=self.named("D116", given.get("phrase"), lambda text: text if text in self.phrases else None, self.phrases),
            first=self.flag(given.get("first")),
        )


def _word(text: str, words: Table[str, str]) -> str | None:
    return next((key for key, chinese in words.items() if text in (key, chinese)), None)


def _labels(things: Iterable[Any]) -> list[str]:
    return [thing.label or thing.name for thing in things]
