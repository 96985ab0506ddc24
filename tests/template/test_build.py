"""What a form asks for: sheets and columns under the names of a language, and in words what goes in."""

from __future__ import annotations

import pytest

from policy.lang.schema import ATTESTATION, Entity, Enum, Field, Member, Vocabulary
from policy.lang.types import BOOL, DATE, INT, NUMBER, TEXT, enum_type, ref_type
from policy.template import FormError, build_form

PERSON = Entity("person", "人员", (Field("name", "姓名", TEXT, 0, confidential=True), Field("id", "人员编号", TEXT, 1, key=True)))
TALK = Entity(
    "talk",
    "谈话",
    (
        Field("id", "谈话编号", TEXT, 0, key=True),
        Field("kind", "谈话类型", enum_type("kind"), 1),
        Field("end", "结束日期", DATE, 2, occurs=True),
        Field("talkee", "被谈话人", ref_type("person"), 3),
        Field("follows", "上次谈话", ref_type("talk"), 4, optional=True, tree=True),
        Field("size", "人数", INT, 5, optional=True),
        Field("rate", None, NUMBER, 6, optional=True),
        Field("done", "是否完成", BOOL, 7, optional=True),
        Field("level", "密级", enum_type("level"), 8, optional=True, secrecy=True),
    ),
)
ENUMS = {
    "kind": Enum("kind", "谈话类型", (Member("regular", "定期谈话"), Member("prompt", None))),
    "level": Enum("level", "密级", (Member("public", "公开"), Member("top_secret", "绝密"))),
}
VOCABULARY = Vocabulary({"talk": TALK, "person": PERSON, "attestation": ATTESTATION}, ENUMS)


def form(language="zh", examples=()):
    return build_form(VOCABULARY, "办法", language, dict(examples))


def test_sheets_and_columns_by_their_labels():
    made = form()
    assert [sheet.name for sheet in made.sheets] == ["谈话", "人员", "人工认定"]
    talk, person, _ = made.sheets
    assert [(column.header, column.kind, column.choices, column.target) for column in talk.columns] == [
        ("谈话编号（必填）", "text", (), ""),
        ("谈话类型（必填）", "choice", ("定期谈话", "prompt"), ""),
        ("结束日期（必填）", "date", (), ""),
        ("被谈话人（必填）", "ref", (), "人员"),
        ("上次谈话", "ref", (), "谈话"),
        ("人数", "int", (), ""),
        ("rate", "number", (), ""),
        ("是否完成", "choice", ("是", "否"), ""),
        ("密级", "choice", ("公开", "绝密"), ""),
    ]
    assert [column.required for column in talk.columns] == [True] * 4 + [False] * 5
    assert (talk.required, talk.targets) == (("谈话编号", "谈话类型", "结束日期", "被谈话人"), ("人员",))
    assert person.columns[0].header == "人员编号（必填）"


def test_sheets_and_columns_by_their_identifiers():
    talk = form("en").sheets[0]
    assert talk.name == "talk" and talk.columns[1].header == "kind (required)"
    assert talk.columns[1].choices == ("regular", "prompt") and talk.columns[7].choices == ("yes", "no")
    assert talk.columns[3].comment == "talkee: required\nit takes a `id` that `person` has"


def test_what_is_said_of_a_column():
    talk, person, _ = form(examples={"talk.end": "2026-03-05"}).sheets
    said = {column.header: column.comment for column in (*talk.columns, *person.columns)}
    assert said["谈话编号（必填）"] == "谈话编号：必填\n应填不与其他行重复的编号"
    assert said["谈话类型（必填）"] == "谈话类型：必填\n可填：定期谈话、prompt"
    assert said["结束日期（必填）"] == (
        "结束日期：必填\n应填写到日的日期，例如 `2026-01-30`\n例如：2026-03-05\n事情发生的日子，晚于检查基准日的记录暂不核对"
    )
    assert said["被谈话人（必填）"] == "被谈话人：必填\n应填表 `人员` 中已有的 `人员编号`"
    assert said["上次谈话"].endswith("按上下级连成一棵树，最上级的留空") and said["上次谈话"].startswith("上次谈话：可空\n")
    assert said["姓名（必填）"].endswith("保密，不出现在报告里")
    assert "密级标志" in said["密级"]


def entity(name, label):
    return Vocabulary({name: Entity(name, label, (Field("id", None, TEXT, 0, key=True),))}, {})


@pytest.mark.parametrize(
    ("name", "label", "sheet"),
    [
        ("talk", "谈话/记录", "talk"),
        ("talk", "长" * 32, "talk"),
        ("talk", "填表说明", "talk"),
        ("talk", "History", "talk"),
        ("talk", "'谈话", "talk"),
        ("talk", "长" * 31, "长" * 31),
        ("talk", None, "talk"),
    ],
)
def test_names_that_a_sheet_cannot_have(name, label, sheet):
    assert build_form(entity(name, label), "", "zh", {}).sheets[0].name == sheet


def test_an_entity_that_no_sheet_can_be_called_after():
    with pytest.raises(FormError) as caught:
        build_form(entity("t" * 32, "a:b"), "", "zh", {})
    assert caught.value.name == "a:b"
