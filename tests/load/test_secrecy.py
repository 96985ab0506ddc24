"""What is a mark of secrecy and what only looks like one; where marks are found."""

import time

import attrs
import pytest

from policy.lang.schema import Entity, Enum, Field, Member, Vocabulary
from policy.lang.secrecy import LEVELS, higher, highest
from policy.lang.table import table_of_grid
from policy.lang.types import TEXT, enum_type
from policy.load import find_marks, load
from policy.load.secrecy import level_of

MARKS = {
    "confidential": "秘密 秘密★10年 （秘密） 秘密级 秘密10年 秘密（10年） 秘密至2036年1月30日 祕密☆长期 秘密*1年 密级：秘密 填报单位：某县委　密级：秘密",
    "secret": "机密 　机　密　 机密★１０年 【机密】 「机密★」 機密 机\u200b密 机密★10年　某县监督谈话台账 定密：机密 机密\n某县委台账",
    "top_secret": "绝密 绝密★启用前 绝密★长期 保密级别:绝密",
    "work_secret": "工作秘密 工作秘密★3年 （工作秘密） 密级：工作秘密",
}
NONE = (
    "不涉密 无秘密 商业秘密 秘密工作 涉及机密文件的问题 保守秘密 机密文件管理不严 保密 密级 该同志泄露秘密。 秘密.不能说 发现秘密档案 严格保守党的秘密 "
    "秘密、机密 密级：无 密级：公开 内部 公开 secret"
).split()


@pytest.mark.parametrize(("level", "text"), [(level, text) for level, texts in MARKS.items() for text in texts.split(" ")])
def test_marks(level, text):
    assert level_of(text) == level


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_mark(text):
    assert level_of(text) is None


def test_levels_are_in_order():
    levels = list(LEVELS)
    assert [highest([one, "public"]) for one in levels] == levels
    assert all(higher(after, before) and not higher(before, after) for before, after in zip(levels, levels[1:]))
    assert not higher("secret", "secret") and highest([]) is None


MARK = Enum("mark", "等级", tuple(Member(level, None if level == "secret" else word) for level, word in LEVELS.items()))
FLAGGED = Vocabulary(
    {
        "talk": Entity(
            "talk", "谈话",
            (
                Field("id", "编号", TEXT, 0, key=True),
                Field("mark", "标志", enum_type("mark"), 1, optional=True, secrecy=True),
                Field("note", "备注", TEXT, 2, optional=True),
            ),
        )
    },
    {"mark": MARK},
)  # fmt: skip


def found(*grid, name="talk", file="talk.csv", sheet=None):
    return [tuple(mark) for mark in find_marks([table_of_grid(name, file, sheet, grid)], FLAGGED)]


def test_cells_of_any_column_and_table():
    grid = (("编号", "标志", "备注"), ("T1", "", "好"), ("T2", "", "机密★5年"), ("T3", "", "保守秘密"))
    expected = [("secret", "x.csv", None, 3, "C")]
    assert found(*grid, file="x.csv") == expected
    assert found(*grid, file="x.csv", name="别的表") == expected
    assert found(("a",), (1,), (None,), (True,), ("绝密",)) == [("top_secret", "talk.csv", None, 5, "A")]


@pytest.mark.parametrize(("cell", "level"), [("secret", "secret"), ("SECRET", "secret"), ("机密", "secret"), ("内部", "internal"), ("top_secret", "top_secret"), ("机密★3年", "secret"), ("好", None)])
@pytest.mark.parametrize("header", ["mark", "标志", " 标 志*"])
@pytest.mark.parametrize("name", ["talk", "别的表"])
def test_a_column_that_the_vocabulary_flags(cell, level, header, name):
    assert found(("id", header), ("T1", cell), name=name) == ([(level, "talk.csv", None, 2, "B")] if level else [])


def test_titles_and_cells_beyond_the_header():
    title = (("机密★1年", "", ""), ("编号", "标志", "备注"), ("T1", "", ""))
    assert found(*title) == [("secret", "talk.csv", None, 1, "A")]
    assert found(("编号",), ("T1", None, "秘密")) == [("confidential", "talk.csv", None, 2, "C")]


@pytest.mark.parametrize(
    ("file", "level"),
    [
        ("（机密）台账.xlsx", "secret"), ("台账_绝密.csv", "top_secret"), ("台账 秘密.csv", "confidential"), ("【秘密★3年】台账.csv", "confidential"), ("2026-机密-台账.csv", "secret"),
        ("机密.csv", "secret"), ("台账（工作秘密）.csv", "work_secret"), ("保守秘密情况.csv", None), ("机密文件管理.csv", None), ("商业秘密.csv", None),
    ],
)  # fmt: skip
def test_names_of_files_and_sheets(file, level):
    assert found(("id",), file=f"台账/{file}") == ([(level, f"台账/{file}", None, None, None)] if level else [])
    sheet = file.rpartition(".")[0]
    assert found(("id",), file="a.xlsx", sheet=sheet) == ([(level, "a.xlsx", sheet, None, None)] if level else [])


def test_names_of_files_that_were_left_unread():
    assert [tuple(mark) for mark in find_marks((), FLAGGED, ["台账/（绝密）说明.doc"])] == [("top_secret", "台账/（绝密）说明.doc", None, None, None)]


def test_a_file_is_named_once():
    tables = [table_of_grid(name, "机密.xlsx", name, [("id",)]) for name in ("a", "b")]
    assert len(find_marks(tables, FLAGGED)) == 1


@pytest.mark.parametrize(("cell", "level"), [("机密★3年", "secret"), ("【秘密】", "confidential"), ("工作秘密", "work_secret")])
def test_a_mark_with_its_term_is_read_as_its_level(cell, level):
    facts = load([table_of_grid("talk", "talk.csv", None, [("id", "mark"), ("T1", cell)])], FLAGGED)
    assert (facts.tables["talk"][0].values[1], facts.problems) == (level, ())


def test_an_enum_of_other_words_knows_nothing_of_marks():
    moods = attrs.evolve(MARK, members=(*MARK.members, Member("good", "好")))
    facts = load([table_of_grid("talk", "talk.csv", None, [("id", "mark"), ("T1", "机密★3年")])], Vocabulary(FLAGGED.entities, {"mark": moods}))
    assert [problem.code for problem in facts.problems] == ["D036"]


def test_fifty_thousand_cells_are_quick():
    grid = [("编号", "标志", "备注"), *((f"T{number}", "工作秘密", f"保守秘密{number % 97}") for number in range(17_000))]
    table = table_of_grid("talk", "talk.csv", None, grid)
    start = time.perf_counter()
    marks = find_marks([table], FLAGGED)
    assert {mark.level for mark in marks} == {"work_secret"} and len(marks) == 17_000
    assert time.perf_counter() - start < 1  # takes a tenth of that on an idle machine
