"""Where a comment belongs: nothing is lost, and a canonical layout keeps it where it is."""

from __future__ import annotations

import pytest

from policy.lang import ast
from policy.parse import parse_file
from policy.source import Source


def parse(text: str) -> ast.File:
    file, diagnostics = parse_file(Source("t.policy", text))
    assert not diagnostics, [(d.code, d.span, d.arguments) for d in diagnostics]
    return file


TEXT = """# 文件头
# 第二行
entity talk "谈话"  # behind the opening
  # of the first field
  id : text key  # the key
  注：说明下一字段

  kind :
    # inside
    talk_kind  # 类型
  # left over
end  # behind the end

# of the rule
rule R-1 “甲”
  # of basis
  依据 第一条  注: 第一
  where a  # first
    # second
    and b  # third
  final
完

enum e
  # alone
end
# at the end
# of the file
"""


def test_every_place() -> None:
    file = parse(TEXT)
    entity, rule, enum = file.declarations
    assert entity.comments == ast.Comments(("文件头", "第二行", "behind the opening"), "behind the end", ("left over",))
    first, second = entity.fields
    assert first.comments == ast.Comments(("of the first field",), "the key")
    assert second.comments == ast.Comments(("说明下一字段", "inside"), "类型")
    assert rule.comments == ast.Comments(("of the rule",))
    basis, where, final = rule.clauses
    assert basis.comments == ast.Comments(("of basis",), "第一")
    assert where.comments == ast.Comments(("first", "second"), "third")
    assert final.comments == ast.NO_COMMENTS
    assert enum.comments == ast.Comments(last=("alone",))
    assert file.comments == ast.Comments(last=("at the end", "of the file"))


def collected(node: object) -> list[str]:
    """All comments below a node."""
    if isinstance(node, ast.Comments):
        return [*node.before, *([node.after] if node.after else []), *node.last]
    if isinstance(node, tuple):
        return [text for part in node for text in collected(part)]
    if hasattr(node, "__attrs_attrs__"):
        return [text for attribute in node.__attrs_attrs__ for text in collected(getattr(node, attribute.name))]
    return []


WORDS = """entity talk "谈话" id : text key kind : talk_kind "类" end
enum e a "甲" b end
param p : duration = 30 days from 1 days to 9 days basis “x” note “y” end
define f ( a : person , b : date ) means a is b basis 第一条 end
rule R-1 "t" basis article 1 , article 2 where a and b for each x due 1 month after x otherwise fail "m" end
case "c" as of 2026-07-15 set p = 3 days
given 谈话
| a | b |
| 1 | 2 |
expect R-1 T1 satisfied end"""


@pytest.mark.parametrize("gap", range(len(WORDS.split(" "))))
def test_no_comment_is_lost_wherever_it_stands(gap: int) -> None:
    words = WORDS.split(" ")
    if words[gap].split("\n")[0] in ("days", "month", "1", "2", "each", "of") or "|" in words[gap] + words[gap - 1]:
        pytest.skip("inside one word of the language or a row of a table")
    for comment in ("# 甲", "\n# 甲", "注：甲"):
        text = " ".join(words[:gap]) + f" {comment}\n" + " ".join(words[gap:])
        file = parse(text)
        assert collected(file) == ["甲"], text


def test_text_of_a_comment() -> None:
    file = parse("#\n#   ＡＢＣ，“x” # y  \n注：　说明　\nenum e end")
    assert file.declarations[0].comments.before == ("", "  ＡＢＣ，“x” # y", "\u3000说明")  # set in as it was


def test_a_mark_inside_of_something_else_starts_no_comment() -> None:
    file = parse('entity e a : text "# b" 备注: text end')
    assert [field.name.text for field in file.declarations[0].fields] == ["a", "备注"]
    assert collected(file) == []


def test_comments_take_no_part_in_the_tree_without_them() -> None:
    file, bare = parse(TEXT), parse("\n".join(line.split("#")[0].split("注")[0] for line in TEXT.split("\n")))
    assert [type(d) for d in file.declarations] == [type(d) for d in bare.declarations]
    assert file.declarations[1].clauses[1].condition == bare.declarations[1].clauses[1].condition
