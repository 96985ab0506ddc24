"""Packs written for tests of the check, and what it makes of them."""

from __future__ import annotations

from collections.abc import Mapping

from policy.check import Layer, check_pack
from policy.diagnostic import Diagnostic
from policy.lang import ast, ir
from policy.lang.ops import Function
from policy.lang.regulation import Article, Paragraph, Regulation
from policy.parse import parse_file
from policy.source import Source

__all__ = ["REGULATION", "VOCABULARY", "check", "condition", "pack", "rule"]

VOCABULARY = """
pack test version "1" regulation "regulation.md" effective 2026-01-30 end
enum talk_kind "谈话类型"
  regular "定期谈话"
  prompt "及时谈话"
end
entity person "人员"
  id : text key "人员编号"
  name : text optional confidential "姓名"
end
entity organization "党组织"
  id : text key
  parent : ref organization optional tree "上级"
end
entity talk "谈话"
  id : text key "谈话编号"
  kind : talk_kind "谈话类型"
  talkee : ref person "被谈话人"
  organization : ref organization optional
  start : date
  end : date occurs "结束日期"
  place : text optional
  people : int optional
  hours : number optional
  private : bool optional
end
entity report "报告"
  id : text key
  talk : ref talk "谈话"
  date : date optional occurs
end
entity roster
  id : text key
  conductor : ref organization
end
param limit "及时期限" : duration = 30 days from 1 days to 90 days basis "test" end
param months_limit : duration = 1 month basis "test" end
param work_limit : duration = 5 workdays basis "test" end
param least : int = 2 from 1 to 5 basis "test" end
param share : number = 1 basis "test" end
param favourite : talk_kind = 定期谈话 basis "test" end
param last_day : month_day = 03-31 from 01-01 to 12-31 basis "test" end
"""

REGULATION = Regulation(
    "Test",
    {
        (11, None): Article(11, None, (Paragraph("one"), Paragraph("two", ("a", "b", "c")))),
        (20, 1): Article(20, 1, (Paragraph("one"),)),
    },
)


def check(
    *texts: str, functions: Mapping[str, Function] | None = None, vocabulary: str = VOCABULARY
) -> tuple[ir.Pack | None, tuple[Diagnostic, ...]]:
    """What the check says of files behind a file with the vocabulary."""
    files: list[tuple[Source, ast.File]] = []
    for number, text in enumerate((vocabulary, *texts)):
        source = Source(f"{number}.policy", text)
        tree, found = parse_file(source)
        assert not found, [(one.code, one.arguments, text[slice(*one.span)]) for one in found]
        files.append((source, tree))
    return check_pack([Layer(files, {"regulation.md": REGULATION})], functions or {}, "digest", calendars=("cn",))


def pack(*texts: str, functions: Mapping[str, Function] | None = None) -> ir.Pack:
    """The pack that good files make."""
    made, found = check(*texts, functions=functions)
    assert made is not None, [(one.code, one.arguments, one.source.name, one.source.position(one.span[0])) for one in found]
    return made


def rule(clauses: str, *declarations: str) -> ir.Rule:
    """A rule with these clauses; what it needs besides is added."""
    needed = {
        "for each": "for each talk",
        "must": "must talk.place is filled",
        "otherwise": 'otherwise fail "bad"',
    }
    missing = [clause for word, clause in needed.items() if word not in clauses]
    missing += [] if clauses.startswith("basis") else ['basis "test"']
    if "may " in clauses or "attest " in clauses:
        missing = [clause for clause in missing if not clause.startswith("must")]
    return pack(f'rule T-1 "test" {" ".join(missing)} {clauses} end', *declarations).rules[0]


def condition(text: str, *declarations: str) -> ir.Expr:
    """The meaning of a condition about a talk, a person `who` and a year `y`."""
    found = rule(f"for each talk, person as who, year as y from 2026 to 2027 must not {text}", *declarations)
    assert isinstance(found.duty, ir.State) and isinstance(found.duty.condition, ir.Not)
    return found.duty.condition.operand
