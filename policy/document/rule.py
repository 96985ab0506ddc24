"""One rule of a document by itself: the articles beside it, its text, the parameters in force, its definitions and cases; as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from policy.document.build import build_document
from policy.lang.uses import used_by
from policy.document.words import Words
from policy.lang import document, ir
from policy.lang.document import Written
from policy.messages import text

__all__ = ["RuleTold", "narrowed", "rule_as_object", "rule_as_text", "tell_rule"]

_CASES = 10
"""Cases that are listed; a deadline has dozens."""


@attrs.frozen
class RuleTold:
    """A rule with what it rests on: places of the regulation with their text, parameters with their value in force, definitions."""

    language: str
    rule: document.Rule
    articles: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[document.Parameter, str], ...]
    definitions: tuple[document.Definition, ...]


def narrowed(pack: ir.Pack, rule: ir.Rule) -> ir.Pack:
    """The pack with no rule but this one, and the definitions that it uses."""
    used = used_by(rule, pack.definitions).definitions
    return attrs.evolve(pack, rules=(rule,), definitions={name: pack.definitions[name] for name in used}, editions=())


def tell_rule(
    pack: ir.Pack, rules: Mapping[str, Written], definitions: Mapping[str, str], values: Mapping[str, ir.Value], language: str
) -> RuleTold:
    """The only rule of a narrowed pack, written as `build_document` wants it; `values` are those of the parameters that were set."""
    told = build_document(pack, rules, definitions, language)
    words = Words(pack, language)
    given = ((one, pack.parameters[one.named.name]) for one in told.parameters if one.rules)
    return RuleTold(
        language=language,
        rule=told.rules[0],
        articles=tuple(_passages(told)),
        parameters=tuple((one, words.value(values.get(own.name, own.default), own)) for one, own in given),
        definitions=told.definitions,
    )


def _passages(told: document.Document) -> Iterator[tuple[str, str]]:
    """The passages that carry the rule, by their full name."""
    for article in told.articles:
        for passage in article.passages:
            if (passage.rules or passage.others) and passage.text:
                gap = "" if told.language == "zh" or not passage.label else " "
                items = (f"{number} {item}" for number, item in passage.items)
                yield article.label + gap + passage.label, "\n".join((passage.text, *items))


def rule_as_text(told: RuleTold) -> str:
    """A rule as text, in sections."""
    rule, say = told.rule, _Sayer(told.language)
    sections = [[say("X100", rule=rule.id, title=rule.title, kind=rule.kind)]]
    for place, said in told.articles:
        sections.append([place, *_indented(said)])
    sections.append(rule.text.split("\n"))
    sections += [[say("X101"), *_indented(change)] for change in rule.changes]
    if told.parameters:
        sections.append([say("X102"), *(f"  {_parameter(one, value, say)}" for one, value in told.parameters)])
    if told.definitions:
        sections.append([say("X103"), *(line for one in told.definitions for line in _indented(one.text))])
    if rule.rules:
        sections.append([say("X104", rules=", ".join(link.text for link in rule.rules))])
    if rule.cases:
        sections.append(list(_cases(rule, say)))
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


class _Sayer:
    def __init__(self, language: str) -> None:
        self._language = language

    def __call__(self, code: str, **arguments: object) -> str:
        return text(code, self._language, **{name: str(value) for name, value in arguments.items()})


def _parameter(one: document.Parameter, value: str, say: _Sayer) -> str:
    """A parameter with its value, and the default where that is another."""
    label, name = one.named.label, one.named.name
    code = "X105" if value == one.default else "X106"
    return say(code, name=name if label == name else f"{label}（{name}）", value=value, default=one.default, bounds=one.bounds)


def _cases(rule: document.Rule, say: _Sayer) -> Iterator[str]:
    yield say("X107", count=len(rule.cases))
    for case in rule.cases[:_CASES]:
        yield "  " + say("X108", title=case.title, day=case.as_of)
        yield from (f"    {expected}" for expected in case.expected)
    if len(rule.cases) > _CASES:
        yield "  " + say("X109", count=len(rule.cases) - _CASES)


def _indented(lines: str) -> list[str]:
    return [f"  {line}".rstrip() for line in lines.split("\n")]


def rule_as_object(told: RuleTold) -> dict[str, Any]:
    """A rule for machines; texts are in the language of `told`."""
    rule = told.rule
    return {
        "rule": rule.id,
        "title": rule.title,
        "severity": rule.severity or None,
        "language": told.language,
        "basis": [link.text for link in rule.basis],
        "articles": [{"place": place, "text": said} for place, said in told.articles],
        "text": rule.text,
        "changes": list(rule.changes),
        "note": rule.note,
        "remedy": rule.remedy,
        "parameters": [
            {"name": one.named.name, "label": one.named.label, "value": value, "default": one.default} for one, value in told.parameters
        ],
        "definitions": [{"name": one.named.name, "label": one.named.label, "text": one.text} for one in told.definitions],
        "rules": [link.text for link in rule.rules],
        "cases": [{"title": one.title, "as_of": one.as_of, "expected": list(one.expected)} for one in rule.cases],
    }
