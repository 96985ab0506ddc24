"""The order of the steps on a small pack: loading with its cache, reading, judging, cases."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.hooks.spec import SourceError
from policy.messages.render import render
from policy.pipeline.cases import run_cases

SMALL = Path(__file__).parents[1] / "data" / "small"
AS_OF = datetime.date(2026, 7, 15)


@pytest.fixture(scope="module")
def plugins():
    return load_plugins()


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("POLICY_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def pack(tmp_path, cache):
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def change(pack: Path, before: str, after: str) -> None:
    file = pack / "pack.policy"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def table(folder: Path, name: str, *lines: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")


def judged(pack: Path, folder: Path, plugins, **request):
    loaded = pipeline.load_pack(pack, plugins)
    calendar = pipeline.find_calendar(loaded.pack, plugins)
    asked = pipeline.Request(as_of=AS_OF, calendar=calendar, language="en", **request)
    return pipeline.check(loaded.pack, pipeline.read([str(folder)], plugins), asked, plugins)


# --- loading ---------------------------------------------------------------------------------------------------------


def test_a_pack_is_kept_and_found_again(pack, cache, plugins):
    first = pipeline.load_pack(pack, plugins)
    kept = list(cache.glob("pack-*"))
    second = pipeline.load_pack(pack, plugins)
    assert first.diagnostics == ()
    assert len(kept) == 1
    assert second.pack == first.pack
    assert second.pack is not first.pack
    assert len(second.pack.cases) == 2
    assert [source.name for source in second.sources] == [str(pack / "pack.policy")]
    assert pipeline.load_pack(pack, plugins, cases=False).pack.rules == first.pack.rules


def test_a_warm_cache_needs_no_parser(pack, cache, plugins):
    pipeline.load_pack(pack, plugins)
    code = (
        "import sys; from pathlib import Path; from policy import pipeline; from policy.hooks.manager import load_plugins\n"
        f"assert pipeline.load_pack(Path({str(pack)!r}), load_plugins()).pack\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'lark' or name in ('policy.parse', 'policy.check', 'policy.lang.ast')])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x80\x05N.", b"\x80\x05cpolicy.lang.ir\nNothing\n."])
def test_a_damaged_cache_is_ignored_and_replaced(pack, cache, plugins, content):
    first = pipeline.load_pack(pack, plugins)
    (kept,) = cache.glob("pack-*")
    kept.write_bytes(content)
    assert pipeline.load_pack(pack, plugins).pack == first.pack
    assert len(kept.read_bytes()) > 100


def test_every_change_counts(pack, cache, plugins):
    first = pipeline.load_pack(pack, plugins).pack
    change(pack, "小办法", "新办法")
    second = pipeline.load_pack(pack, plugins).pack
    assert (first.title, second.title) == ("小办法", "新办法")
    (pack / "regulation.md").write_text("### 第一条\n\n谈话后应当报告。\n", "utf-8")
    assert pipeline.load_pack(pack, plugins).pack is None
    assert first.sha256 != second.sha256


def test_the_cache_does_not_grow_without_end(pack, cache, plugins):
    for number in range(20):
        (pack / "more.policy").write_text(f"# {number}\n", "utf-8")
        pipeline.load_pack(pack, plugins)
    assert len(list(cache.glob("pack-*"))) == 16


def test_a_pack_may_lie_anywhere(pack, cache, plugins, tmp_path):
    other = Path(shutil.copytree(pack, tmp_path / "other"))
    first, second = pipeline.load_pack(pack, plugins).pack, pipeline.load_pack(other, plugins).pack
    assert first.sha256 == second.sha256
    assert second.rules[0].file == str(other / "pack.policy")


def test_without_a_cache(pack, monkeypatch, plugins):
    monkeypatch.setenv("POLICY_CACHE_DIR", "")
    assert pipeline.load_pack(pack, plugins).pack is not None


def test_a_pack_of_one_file(pack, plugins):
    assert pipeline.load_pack(pack / "pack.policy", plugins).pack.id == "small"


def test_files_in_sub_folders_belong_to_the_pack_and_hidden_ones_do_not(pack, plugins):
    (pack / "cases").mkdir()
    (pack / "cases" / "more.policy").write_text("param extra_days : int = 3\n  basis “本单位”\nend\n", "utf-8")
    (pack / ".draft.policy").write_text("nonsense", "utf-8")
    loaded = pipeline.load_pack(pack, plugins)
    assert loaded.diagnostics == ()
    assert "extra_days" in loaded.pack.parameters


def test_mistakes_are_diagnostics_and_never_kept(pack, cache, plugins):
    change(pack, "第一条第一款", "第九条")
    loaded = pipeline.load_pack(pack, plugins)
    assert loaded.pack is None
    assert "第九条" in render(loaded.diagnostics[0])
    assert list(cache.glob("pack-*")) == []


def test_syntax_errors_of_all_files_are_told_at_once(pack, plugins):
    (pack / "a.policy").write_text("rule", "utf-8")
    (pack / "b.policy").write_text("entity", "utf-8")
    names = {Path(diagnostic.source.name).name for diagnostic in pipeline.load_pack(pack, plugins).diagnostics}
    assert names == {"a.policy", "b.policy"}


GOOD_RULE = 'rule {id} "t" basis "b" for each talk must {duty} otherwise fail "x" end\n'
VOCABULARY = 'pack p version "1" end\nentity talk id : text key place : text optional end\n'


def mistakes(folder: Path, plugins, **texts: str) -> list[str]:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.policy").write_text(text, "utf-8")
    loaded = pipeline.load_pack(folder, plugins)
    assert loaded.pack is None or not loaded.diagnostics
    return [diagnostic.code for diagnostic in loaded.diagnostics]


@pytest.mark.parametrize("broken", ['rule R-1\n  where )\nend', 'case "c" as of 2026-01-01 set x end', 'rule R-1 basis "b\nend', "rule R-1 when 3x end"])
def test_a_syntax_error_in_a_rule_or_case_hides_no_mistakes_of_others(tmp_path, cache, plugins, broken):
    wrong = GOOD_RULE.format(id="R-2", duty="talk.plac is filled")
    found = mistakes(tmp_path / "p", plugins, a=VOCABULARY + wrong, b=broken + "\n" + wrong.replace("R-2", "R-3"))
    assert found[0] == "C004" and found[1].startswith("S") and found[-1] == "C004"


@pytest.mark.parametrize(
    "broken", ["entity talk id : end", "enum e one ( end", "param p : int = end", "define d(p: talk) means end", "talk", "end", "3x", "pack end", "rule R-1 where ( end\nentity e id : text key end"]
)
def test_a_syntax_error_elsewhere_is_told_alone(tmp_path, cache, plugins, broken):
    wrong = GOOD_RULE.format(id="R-2", duty="talk.plac is filled")
    assert {code[0] for code in mistakes(tmp_path / "p", plugins, a=VOCABULARY + wrong, b=broken + "\n")} == {"S"}


def test_nothing_is_said_of_a_rule_that_could_not_be_read(tmp_path, cache, plugins):
    reading = GOOD_RULE.format(id="R-2", duty="no violations of R-1 as v such that v.talk is talk and v.person is talk")
    case = 'case "c" as of 2026-01-01 expect R-1 T1 satisfied end\n'
    text = VOCABULARY + "rule R-1\n  where )\nend\n" + reading + case
    assert mistakes(tmp_path / "p", plugins, a=text) == ["S008"]


def test_a_misspelt_declaration_behind_a_rule_without_end(tmp_path, cache, plugins):
    text = 'pack p version "1" end\nrule R-1 "t"\n  basis "b"\n\nentty talk\n  id : text key\nend\n'
    codes = mistakes(tmp_path / "p", plugins, a=text + GOOD_RULE.format(id="R-2", duty="talk.id is filled"))
    assert {code[0] for code in codes} == {"S"}


def test_a_file_that_is_not_utf8(pack, plugins):
    (pack / "gbk.policy").write_bytes("注: 谈话".encode("gbk"))
    loaded = pipeline.load_pack(pack, plugins)
    assert [diagnostic.code for diagnostic in loaded.diagnostics] == ["U13"]


def test_a_folder_that_cannot_be_read_is_not_left_out(pack, plugins, monkeypatch):
    (pack / "more").mkdir()
    real = os.scandir

    def scandir(path):
        if Path(path).name == "more":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(SourceError) as caught:
        pipeline.load_pack(pack, plugins)
    assert (caught.value.code, caught.value.location) == ("U11", str(pack / "more"))
    with pytest.raises(PermissionError):
        pipeline.rule_files(pack)


def test_a_file_that_cannot_be_read_is_named(pack, plugins):
    (pack / "gone.policy").symlink_to("nowhere")
    with pytest.raises(SourceError) as caught:
        pipeline.load_pack(pack, plugins)
    assert (caught.value.code, caught.value.location) == ("U11", str(pack / "gone.policy"))


def test_hidden_folders_have_no_rule_files(tmp_path):
    for folder in (".venv", "a", "a/x.policy"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "p.policy").write_text("", "utf-8")
    assert [Path(file).relative_to(tmp_path).as_posix() for file in pipeline.rule_files(tmp_path)] == ["a/p.policy", "a/x.policy/p.policy"]


@pytest.mark.parametrize(("name", "code"), [("nowhere", "U10"), ("empty", "U12")])
def test_no_pack(tmp_path, plugins, name, code):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError) as caught:
        pipeline.load_pack(pipeline.find_pack(str(tmp_path / name), plugins), plugins)
    assert caught.value.code == code


def test_a_near_name_is_suggested(plugins):
    with pytest.raises(SourceError) as caught:
        pipeline.find_pack("supervision_talk", plugins)
    assert caught.value.arguments["near"] == "supervision_talks"


# --- settings --------------------------------------------------------------------------------------------------------


def test_parameters(pack, plugins):
    loaded = pipeline.load_pack(pack, plugins)
    for text in ("report_days=20 days", "报告期限 = 20日", "report_days＝20 days"):
        values, diagnostics = pipeline.set_parameters(loaded.pack, [text], "--set")
        assert diagnostics == ()
        ((name, (value, decision)),) = values.items()
        assert (name, value.amount, value.unit, decision.origin) == ("report_days", 20, "days", "--set")


@pytest.mark.parametrize("text", ["report_days", "=3 days", "report_days=", "report_days=99 days", "report_days=1 month", "nothing=1", "report_days=1 +"])
def test_wrong_parameters(pack, plugins, text):
    values, diagnostics = pipeline.set_parameters(pipeline.load_pack(pack, plugins).pack, [text], "--set")
    assert values == {}
    assert len(diagnostics) == 1
    assert render(diagnostics[0], "en")
    assert render(diagnostics[0], "zh")


def test_rules_by_prefix(pack, plugins):
    loaded = pipeline.load_pack(pack, plugins).pack
    assert pipeline.find_rules(loaded, AS_OF, (), ()) is None
    assert pipeline.find_rules(loaded, AS_OF, ("S-1",), ()) == {"S-1-a"}
    assert pipeline.find_rules(loaded, AS_OF, ("S-",), ("S-1-a",)) == {"S-2-a"}
    for select, ignore in ((("X",), ()), ((), ("X",))):
        with pytest.raises(SourceError) as caught:
            pipeline.find_rules(loaded, AS_OF, select, ignore)
        assert caught.value.code == "U15"
    with pytest.raises(SourceError) as caught:
        pipeline.find_rules(loaded, AS_OF, (), ("S-1", "S-2"))
    assert (caught.value.code, caught.value.location) == ("U17", "--ignore S-1 --ignore S-2")


# --- reading and judging ---------------------------------------------------------------------------------------------


def test_a_folder(tmp_path, plugins):
    folder = tmp_path / "data"
    table(folder, "b", "id", "1")
    table(folder, "a", "id", "1")
    (folder / "deeper").mkdir()
    table(folder / "deeper", "c", "id", "1")
    (folder / "~$a.csv").write_text("lock")
    (folder / ".hidden.csv").write_text("x")
    (folder / "letter.doc").write_text("x")
    reading = pipeline.read([str(folder)], plugins)
    assert [one.name for one in reading.tables] == ["a", "b"]
    assert [(one.code, Path(one.file).name, one.error) for one in reading.problems] == [("U24", "letter.doc", False)]


@pytest.mark.parametrize(("name", "code"), [("missing.csv", "U20"), ("letter.doc", "U22"), ("", "U23")])
def test_no_data(tmp_path, plugins, name, code):
    (tmp_path / "letter.doc").write_text("x")
    with pytest.raises(SourceError) as caught:
        pipeline.read([str(tmp_path / name)], plugins)
    assert caught.value.code == code


def test_judging(pack, tmp_path, plugins):
    folder = tmp_path / "data"
    table(folder, "talk", "id,kind,talkee,end,private", "T1,regular,P1,2026-04-08,1", "T2,定期谈话,P1,2026-07-01,0", "T3,prompt,P2,2026-07-01,")
    table(folder, "人员", "人员编号,姓名", "P1,张三", "P2,李四")
    report = judged(pack, folder, plugins)
    found = [(one.rule, one.subject_text, one.status) for one in report.outcomes]
    assert found == [
        ("S-1-a", "T1", "violated"),
        ("S-1-a", "T2", "pending"),
        ("S-1-a", "T3", "pending"),
        ("S-2-a", "T1", "satisfied"),
        ("S-2-a", "T2", "violated"),
        ("S-2-a", "T3", "unknown"),
    ]
    assert report.names == {}  # they are confidential
    assert report.labels["talk.end"] == "结束日期"
    assert "report" in report.absent
    assert report.parameters == ()


def test_a_parameter_is_reported_and_used(pack, tmp_path, plugins):
    folder = tmp_path / "data"
    table(folder, "talk", "id,kind,talkee,end,private", "T2,regular,,2026-07-01,1")
    values, _ = pipeline.set_parameters(pipeline.load_pack(pack, plugins).pack, ["report_days=10 days"], "--set")
    report = judged(pack, folder, plugins, parameters=values, rules=frozenset({"S-1-a"}))
    assert [(one.rule, one.status, str(one.due)) for one in report.outcomes] == [("S-1-a", "violated", "2026-07-11")]
    (parameter,) = report.parameters
    assert (parameter.name, parameter.label, parameter.value, parameter.default) == ("report_days", "报告期限", "10 days", "30 days")
    assert list(report.rules) == ["S-1-a"]


def test_errors_stop_the_run_unless_it_keeps_going(pack, tmp_path, plugins):
    folder = tmp_path / "data"
    table(folder, "talk", "id,kind,talkee,end,private", "T1,regular,P1,2026-02-30,1", "T2,regular,P1,2026-04-08,1")
    with pytest.raises(pipeline.DataErrors) as caught:
        judged(pack, folder, plugins)
    assert any(problem.error for problem in caught.value.problems)
    report = judged(pack, folder, plugins, keep_going=True)
    assert ("S-1-a", "T2", "violated") in [(one.rule, one.subject_text, one.status) for one in report.outcomes]
    assert any(problem.error for problem in report.problems)


def test_a_file_that_cannot_be_read_is_an_error_of_the_data(pack, tmp_path, plugins):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "talk.xlsx").write_bytes(b"no workbook")
    for keep_going in (False, True):  # with nothing read there is nothing to keep going with
        with pytest.raises(pipeline.DataErrors):
            judged(pack, folder, plugins, keep_going=keep_going)


# --- cases -----------------------------------------------------------------------------------------------------------


def failures(pack: Path, plugins) -> list[tuple[str, str]]:
    results = run_cases(pipeline.load_pack(pack, plugins), plugins)
    return [(result.case.title, render(failure, "en").splitlines()[0]) for result in results for failure in result.failures]


def test_cases_pass(pack, plugins):
    assert len(run_cases(pipeline.load_pack(pack, plugins), plugins)) == 2
    assert failures(pack, plugins) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("T1 satisfied due 2026-05-08 fulfilled 2026-05-08", "T1 late", "error U30: expected `late`, the outcome is `satisfied`"),
        ("T1 satisfied due 2026-05-08 fulfilled 2026-05-08", "T9 late", "error U30: expected `late`, the outcome is `absent`"),
        ("satisfied due 2026-05-08", "satisfied due 2026-05-09", "error U31: expected the due day `2026-05-09`, it is `2026-05-08`"),
        ("fulfilled 2026-05-08", "fulfilled 2026-05-07", "error U32: expected to be fulfilled on `2026-05-07`, it was on `2026-05-08`"),
        ("fulfilled 2026-05-08", "bearer P2", "error U420: expected the bearer `P2`, it is `P1`"),
        ("fulfilled 2026-05-08", "bearer P1 otherwise warn", "error U421: expected the severity `warn`, it is `fail`"),
        ("| T1 | P1     | 2026-04-08 | 是      |", "| T1 | P1 | 2026-04-08 | 是 |\n | T2 | P1 | 2026-04-08 | 是 |",
         "error U33: a problem that nobody expected: `S-1-a T2 violated`; expect it, or change what is given"),
    ],
)  # fmt: skip
def test_cases_fail(pack, plugins, before, after, message):
    change(pack, before, after)
    found = failures(pack, plugins)
    assert ("最后一天仍属按期", message) in found
    assert {title for title, _ in found} == {"最后一天仍属按期"}


def test_absent_expects_no_outcome(pack, plugins):
    change(pack, "expect S-1-a T1 late", "expect S-1-a T1 late\n  expect S-1-a T2 absent")
    assert failures(pack, plugins) == []


def test_a_problem_of_a_rule_that_the_case_does_not_name_is_no_failure(pack, plugins):
    change(pack, "| 是      |", "| 否      |")
    assert failures(pack, plugins) == []


def test_a_case_with_its_own_parameter(pack, plugins):
    change(pack, "as of 2026-07-15\n  given talk\n    | id | talkee | end        |\n", "as of 2026-07-15\n  set report_days = 31 days\n  given talk\n    | id | talkee | end        |\n")
    change(pack, "S-1-a T1 late", "S-1-a T1 satisfied due 2026-05-09")
    assert failures(pack, plugins) == []


def test_a_cell_of_a_case_that_cannot_be_read(pack, plugins):
    change(pack, "| R1 | T1   | 2026-05-08 |", "| R1 | T1   | 2026-02-30 |")
    ((title, message),) = failures(pack, plugins)
    assert title == "最后一天仍属按期"
    assert "2026-02-30" in message


# --- where data are --------------------------------------------------------------------------------------------------


def test_what_systems_leave_in_folders_is_no_data(tmp_path, plugins):
    table(tmp_path, "talk", "id", "T1")
    (tmp_path / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "desktop.ini").write_bytes(b"")
    reading = pipeline.read([str(tmp_path)], plugins)
    assert [one.name for one in reading.tables] == ["talk"] and reading.problems == ()


def test_of_two_endings_the_longer_one_counts(tmp_path, plugins):
    for name in ("log.XES", "log.xes.gz", "log.gz"):
        (tmp_path / name).write_bytes(b"<log/>")
    reading = pipeline.read([str(tmp_path)], plugins)
    assert [(one.name, Path(one.file).name) for one in reading.tables] == [
        ("trace", "log.XES"), ("event", "log.XES"), ("trace", "log.xes.gz"), ("event", "log.xes.gz"),
    ]  # fmt: skip
    assert [(one.code, Path(one.file).name) for one in reading.problems] == [("U24", "log.gz")]


def test_an_address_of_an_unknown_kind_says_the_nearest_and_no_password(plugins):
    with pytest.raises(SourceError) as caught:
        pipeline.read(["postgresq://u:pw@h/d"], plugins)
    assert (caught.value.code, caught.value.location, caught.value.arguments["near"]) == ("U29", "postgresq://h/d", "postgresql")


def test_a_reader_of_addresses_is_at_work_like_any_other(plugins, monkeypatch):
    class Broken:
        name, schemes = "sqlalchemy", ("odd",)

        def read(self, url):
            raise KeyError(url.secret)

    monkeypatch.setattr(plugins, "databases", (Broken(),))
    plugins._things("policy_databases")  # so that it has an owner
    with pytest.raises(pipeline.PluginError) as caught:
        pipeline.read(["odd://u:pw@h/d"], plugins)
    assert "KeyError" in caught.value.failure.reason and "pw" not in caught.value.failure.reason
