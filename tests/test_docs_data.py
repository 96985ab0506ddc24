"""The tables of docs/data.md are those of the pack. Run this file to write them anew."""

from __future__ import annotations

from pathlib import Path

from policy.hooks.manager import load_plugins
from policy.lang.schema import ATTESTATION, WAIVER
from policy.pipeline import load_pack

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "data.md"
START, END = "<!-- tables: made from the pack by tests/test_docs_data.py -->\n", "<!-- end of tables -->"


def vocabulary():
    loaded = load_pack(ROOT / "rules" / "supervision_talks", load_plugins())
    assert loaded.pack is not None, loaded.diagnostics
    return loaded.pack.vocabulary


def column(field, entities, enums):
    marks = "*" * field.key + "?" * field.optional + "⏱" * field.occurs + "🔒" * field.confidential + "㊙" * field.secrecy
    words = {"text": "文本", "int": "整数", "number": "数值", "date": "日期", "bool": "是否"}
    if field.type.is_ref:
        kind = f"→{entities[field.type.name].label}"
    else:
        kind = enums[field.type.name].label if field.type.is_enum else words[field.type.kind]
    return f"`{field.name}` {field.label}：{kind}{' ' if marks else ''}{marks}"


def tables(vocabulary):
    entities = {name: entity for name, entity in vocabulary.entities.items() if name != "violation"}
    lines = ["| 表 | 列 |", "|---|---|"]
    for name, entity in entities.items():
        columns = " · ".join(column(field, entities, vocabulary.enums) for field in entity.fields)
        lines.append(f"| `{name}` {entity.label} | {columns} |")
    lines += ["", "| 代码 | 可填 |", "|---|---|"]
    for name, enum in vocabulary.enums.items():
        lines.append(f"| `{name}` {enum.label} | {' · '.join(f'`{member.name}` {member.label}' for member in enum.members)} |")
    return "\n" + "\n".join(lines) + "\n\n"


def parts():
    before, rest = PAGE.read_text("utf-8").split(START)
    made, after = rest.split(END)
    return before + START, made, END + after


def test_tables_are_those_of_the_pack():
    assert parts()[1] == tables(vocabulary())


def test_the_engine_s_own_tables_are_among_them():
    made = parts()[1]
    for entity in (ATTESTATION, WAIVER):
        assert f"| `{entity.name}` {entity.label} |" in made


if __name__ == "__main__":
    before, _, after = parts()
    PAGE.write_text(before + tables(vocabulary()) + after, "utf-8")
