"""Cases as texts: a data set that shows something, as an author would write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.lang.keywords import period_text, spelling, status_word
from policy.lang.types import MonthDay, Period
from policy.pipeline.texts import format_text
from policy.source import Source

if TYPE_CHECKING:
    from policy.lang import ir

__all__ = ["case_text", "parameter_name", "value_text"]


def case_text(case: ir.Case, pack: ir.Pack) -> str:
    """A case in the pack's language, in its canonical layout."""
    language = pack.language
    lines = [f'{spelling("CASE", language)} "{case.title}" {spelling("AS_OF_DAY", language)} {case.as_of}']
    lines += [f"{spelling('SET', language)} {parameter_name(name, pack)} = {value_text(value, language)}" for name, value in case.parameters]
    for table in case.tables:
        entity = pack.vocabulary.entities[table.entity]
        lines.append(f"{spelling('GIVEN', language)} {_name(entity, language)}")
        lines += ["|" + "|".join(f" {cell or ''} " for cell in cells) + "|" for cells in (table.columns, *table.cells)]
    between = "、" if language == "zh" else ", "
    for one in case.expectations:
        lines.append(f"{spelling('EXPECT', language)} {one.rule} {between.join(one.subject)} {status_word(one.status, language)}")
    text, diagnostics = format_text(Source("", "\n".join([*lines, spelling("END", language)]) + "\n"), language)
    assert text is not None, diagnostics
    return text


def _name(declared, language: str) -> str:
    return declared.label or declared.name if language == "zh" else declared.name


def parameter_name(name: str, pack: ir.Pack) -> str:
    """What a parameter is called in the language of its pack."""
    return _name(pack.parameters[name], pack.language)


def value_text(value: ir.Value, language: str) -> str:
    """A value as a case sets a parameter to it."""
    if isinstance(value, bool):
        return spelling("TRUE" if value else "FALSE", language)
    if isinstance(value, MonthDay):
        return f"{value.month:02}-{value.day:02}"
    if isinstance(value, Period):
        return period_text(value.amount, value.unit, language)
    return f'"{value}"' if isinstance(value, str) else str(value)
