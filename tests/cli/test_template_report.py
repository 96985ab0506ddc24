"""The template of a report: got, changed and named; and what is wrong with one is said in a line."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from policy.messages import text

SMALL = str(Path(__file__).parents[1] / "data" / "small")

pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture
def template(run):
    """The template that ships, as somebody gets it."""
    assert run("template", "--report", "docx", "--lang", "zh") == (0, "督办单模板.docx\n", "")
    data = Path("data")
    data.mkdir()
    (data / "谈话.csv").write_text("谈话编号,谈话类型,被谈话人,结束日期,个别谈话\nT1,定期谈话,P1,2026-04-08,是\n", "utf-8")
    return docx.Document("督办单模板.docx")


def check(run, *words):
    return run("check", "data", "--pack", SMALL, "--as-of", "2026-07-15", "-o", "docx=督办单.docx", "--lang", "zh", *words)


def test_the_template_is_changed_and_named(run, template):
    template.paragraphs[0].text = "提醒函（{文种}）"
    template.save("我们的.docx")
    assert check(run, "--notice-template", "我们的.docx") == (1, "", "")
    assert docx.Document("督办单.docx").paragraphs[0].text == "提醒函（督办单）"


def test_the_unit_names_it_once(run, template):
    template.paragraphs[0].text = "本单位督办单"
    template.save("我们的.docx")
    Path("policy.toml").write_text('督办单模板 = "我们的.docx"\n', "utf-8")
    assert check(run)[0] == 1
    assert docx.Document("督办单.docx").paragraphs[0].text == "本单位督办单"


def test_a_template_among_the_data_is_none(run, template):
    template.save("data/我们的.docx")
    assert check(run, "--notice-template", "data/我们的.docx", "-o", "text") [1].count("我们的.docx") == 0


def test_a_placeholder_that_does_not_exist(run, template):
    template.paragraphs[0].text = "{文钟}"
    template.save("我们的.docx")
    status, out, error = check(run, "--notice-template", "我们的.docx")
    assert (status, out) == (2, "") and not Path("督办单.docx").exists()
    assert error.startswith("policy：`我们的.docx`：模板中的 {文钟} 不是可用的占位；可用：{密级}、")
    assert error.endswith("是否想写 `{文种}`？\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--report", "xlsx"), text("U343", "zh", format="xlsx", known="docx")),
        (("--report", "docx", "-o", "a.doc"), text("U344", "zh", file="a.doc", suffix=".docx")),
        (("--report", "docx"), text("U273", "zh", file="督办单模板.docx")),
    ],
)
def test_mistakes(run, template, words, said):
    assert run("template", *words, "--lang", "zh") == (2, "", f"policy：{said}\n")


def test_a_template_that_is_not_there(run, template):
    assert check(run, "--notice-template", "没有.docx")[::2] == (2, "policy：`没有.docx`：无法读写（没有这个文件或文件夹）\n")
