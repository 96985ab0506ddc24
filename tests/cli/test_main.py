"""The command as its users meet it: results, exit status, and one line for whatever goes wrong."""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from policy.cli.command import VERBS
from policy.hooks.manager import load_plugins
from policy.messages.cli import MESSAGES

SMALL = str(Path(__file__).parents[1] / "data" / "small")
SCHEMA = Path(__file__).parents[2] / "plugins" / "policy_json" / "schema.json"
AS_OF = ("--as-of", "2026-07-15")
FORMATS = " ".join(sorted(reporter.name for reporter in load_plugins().reporters))


pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "谈话.csv").write_text("谈话编号,谈话类型,被谈话人,结束日期,个别谈话\nT1,定期谈话,P1,2026-04-08,是\nT2,及时谈话,P1,2026-07-01,否\nT3,及时谈话,P1,2026-07-01,\n", "utf-8")
    (folder / "人员.csv").write_text("人员编号,姓名\nP1,张三\n", "utf-8")
    return folder


def as_process(*words: str, **options) -> subprocess.Popen:
    command = [sys.executable, "-c", "import sys; from policy.cli import main; sys.exit(main())", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_in_chinese(run, data):
    status, out, error = run("check", "data", "--pack", SMALL, *AS_OF, "--lang", "zh")
    assert (status, error) == (1, "")
    assert out.startswith("小办法：检查报告\n规则包 small 1.0 · 检查基准日 2026-07-15")
    assert "■ 人员 P1：不合规 1" in out
    assert "位置：data/谈话.csv 第2行" in out
    assert "供研判" in out.splitlines()[-1]


def test_check_in_english(run, data):
    status, out, error = run("check", "data", "--pack", SMALL, *AS_OF)
    assert (status, error) == (1, "")
    assert "■ person P1: violated 1" in out


def test_json_keeps_to_its_schema_and_to_its_bytes(run, data):
    words = ("check", "data", "--pack", SMALL, *AS_OF, "-o", "json")
    first, second = run(*words), run(*words, "--lang", "zh")
    assert first[1] == second[1]
    document = json.loads(first[1])
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(document)
    assert [(one["rule"], one["subject"], one["status"]) for one in document["outcomes"]] == [
        ("S-1-a", {"talk": "T1"}, "violated"),
        ("S-2-a", {"talk": "T2"}, "violated"),
        ("S-2-a", {"talk": "T3"}, "unknown"),
    ]


def test_several_reports_at_once(run, data, tmp_path):
    status, out, error = run("check", "data", "--pack", SMALL, *AS_OF, "-o", "text", "-o", "json=a.json", "-o", "jsonl=b.jsonl", "--all")
    assert status == 1
    assert "by rule" in out
    assert len(json.loads(Path("a.json").read_text("utf-8"))["outcomes"]) == 6
    assert len(Path("b.jsonl").read_text("utf-8").splitlines()) == 6


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((), 1),
        (("--select", "S-2"), 0),
        (("--select", "S-2", "--fail-on", "warn"), 1),
        (("--ignore", "S-1", "--ignore", "S-2"), 2),
        (("--select", "S-1", "--set", "report_days=90 days", "--as-of", "2026-07-07"), 0),
        (("--select", "S-1", "--as-of", "2026-05-08"), 0),
        (("--select", "S-1", "--as-of", "2026年5月9日"), 1),
    ],
)
def test_exit_status(run, data, words, status):
    assert run("check", "data", "--pack", SMALL, *AS_OF, *words)[0] == status


def test_unknown_counts_when_asked(run, tmp_path):
    Path("talk.csv").write_text("id,kind,talkee,end,private\nT3,prompt,,2026-07-01,\n", "utf-8")
    words = ("check", "talk.csv", "--pack", SMALL, *AS_OF)
    assert run(*words, "--fail-on", "warn")[0] == 0
    assert run(*words, "--fail-on", "unknown")[0] == 1


def test_flags_from_the_environment(run, data, monkeypatch):
    monkeypatch.setenv("POLICY_PACK", SMALL)
    monkeypatch.setenv("POLICY_AS_OF", "2026-07-15")
    monkeypatch.setenv("POLICY_SELECT", "S-2")
    monkeypatch.setenv("POLICY_FAIL_ON", "warn")
    monkeypatch.setenv("POLICY_LANG", "zh")
    status, out, _ = run("check", "data")
    assert status == 1
    assert "小办法：检查报告" in out
    assert "S-1-a" not in out


def test_errors_in_the_data_stop_the_run(run, data):
    (data / "报告.csv").write_text("报告编号,谈话,报告日期\nR1,T1,2026-02-30\n", "utf-8")
    status, out, error = run("check", "data", "--pack", SMALL, *AS_OF, "--lang", "zh")
    assert (status, out) == (2, "")
    assert "错误：data/报告.csv 第2行C列：没有 `2026-02-30` 这一天" in error
    assert "--keep-going" in error.splitlines()[-1]
    status, out, error = run("check", "data", "--pack", SMALL, *AS_OF, "--lang", "zh", "--keep-going")
    assert (status, error) == (0, "")  # T1 was reported on, but nobody can tell when
    assert "1 处数据错误" in out


def test_mistakes_in_the_pack_stop_the_run(run, data, tmp_path):
    pack = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    file = pack / "pack.policy"
    file.write_text(file.read_text("utf-8").replace("basis 第二条", "basis 第三条"), "utf-8")
    status, out, error = run("check", "data", "--pack", "pack")
    assert (status, out) == (2, "")
    assert "pack/pack.policy:" in error
    assert "^^^" in error


# --- mistakes in the command -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("chekc",), "policy: there is no command `chekc`; did you mean `check`?"),
        (("zzz",), f"policy: there is no command `zzz`; there are: {' '.join(VERBS)}"),
        (("--zzz",), "policy: there is no flag `--zzz`; -h lists them"),
        (("check",), "policy: no data given, and no policy.toml here that names them; for example: policy check data/"),
        (("check", "data", "--asof", "x"), "policy: there is no flag `--asof`; did you mean `--as-of`?"),
        (("check", "data", "--as-of", "2026-02-30"), "policy: `--as-of` takes a day such as 2026-05-11, not `2026-02-30`"),
        (("check", "data", "--fail-on", "never"), "policy: `--fail-on` cannot be `never`, choose from: fail, warn, unknown"),
        (("check", "data", "-o", "jsom"), "policy: there is no format `jsom`; did you mean `json`?"),
        (("check", "data", "-o", "json", "-o", "text"),
         "policy: only one report can go to standard output; give the others a file: -o json=report.json"),
        (("check", "nothing", "--pack", SMALL), "policy: `nothing`: no such file or folder"),
        (("check", "data", "--pack", SMALL, "--select", "X-1"), "policy: `X-1`: no rule's id starts with this"),
        (("check", "data", "--pack", SMALL, "--select", "S-1", "--ignore", "S", *AS_OF),
         "policy: `--select S-1 --ignore S`: no rule is left to judge by as of 2026-07-15; choose others"),
        (("check", "data", "-o", "=x"), "policy: `-o =x` names no format, such as -o json=report.json; there are: " + FORMATS),
        (("check", "data", "-o", "json="), "policy: `-o json=` names no file after its `=`, such as -o json=report.json"),
        (("check", "data", "--pack", SMALL, "-o", "json=/dev/full"), "policy: `/dev/full`: cannot be read or written (No space left on device)"),
        (("check", "data", "--pack", SMALL, "-o", "json=no/a.json", "--lang", "zh"), "policy：`no/a.json`：无法读写（没有这个文件或文件夹）"),
        (("check", "data", "--pack", SMALL, "-o", "json=data/a/b", "--lang", "zh"), "policy：`data/a/b`：无法读写（没有这个文件或文件夹）"),
        (("check", "data", "--pack", SMALL, "-o", "json=data", "--lang", "zh"), "policy：`data`：无法读写（这是文件夹，不是文件）"),
        (("check", "data", "--pack", SMALL, "--calendar", "no.csv"), "policy: `no.csv`: cannot be read or written (No such file or directory)"),
        (("check", "data", "--pack", SMALL, "-o", "json=no/a.json"),
         "policy: `no/a.json`: cannot be read or written (No such file or directory)"),
        (("--lang", "zh", "chekc"), "policy：没有 `chekc` 这个命令；是否想写 `check`？"),
        (("check", "--lang", "zh", "--asof"), "policy：没有 `--asof` 这个选项；是否想写 `--as-of`？"),
        (("plugins", "extra"), "policy: superfluous argument `extra`"),
    ],
)  # fmt: skip
def test_one_line_for_a_mistake(run, data, words, error):
    assert run(*words) == (2, "", error + "\n")


def test_standard_output_that_is_full(data):
    command = [sys.executable, "-c", "from policy.cli import script; script()", "check", "data", "--pack", SMALL, "--lang", "zh"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", timeout=20)
    assert (done.returncode, done.stderr) == (2, "policy：标准输出无法写入（磁盘已满）\n")


def test_fmt_says_what_it_does_without_files(run):
    assert "without FILES: every .policy file under the current folder" in run("fmt", "-h")[1]


def test_a_wrong_parameter_is_shown(run, data):
    status, out, error = run("check", "data", "--pack", SMALL, "--set", "report_day=3 days")
    assert (status, out) == (2, "")
    assert "report_day=3 days" in error
    assert "report_days" in error


def test_without_a_verb(run):
    status, out, _ = run()
    assert status == 2
    assert all(verb in out for verb in VERBS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("verb", VERBS)
def test_help_of_every_verb(run, verb, language):
    status, out, error = run(verb, "-h", "--lang", language)
    assert (status, error) == (0, "")
    assert f"policy {verb}" in out
    assert MESSAGES[VERBS[verb]][language] in out
    assert ("示例：" if language == "zh" else "examples:") in out


def test_version(run):
    assert run("--version")[1].startswith("policy 0.")


@pytest.mark.parametrize(
    ("variables", "language"),
    [({"LC_ALL": "zh_CN.UTF-8"}, "zh"), ({"LC_ALL": "", "LANG": "zh_CN.GB18030"}, "zh"), ({"LC_ALL": "de_DE"}, "en"), ({"LC_ALL": "C", "LANG": "zh_CN"}, "en")],
)
def test_language_of_the_locale(run, monkeypatch, variables, language):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("用法：" if language == "zh" else "usage:") in run("-h")[1]


# --- what goes wrong otherwise ---------------------------------------------------------------------------------------


def test_a_fault_of_the_program_shows_no_data(run, data, monkeypatch):
    from policy import pipeline

    def broken(*_):
        raise KeyError("张" + "三")

    monkeypatch.setattr(pipeline, "read", broken)
    status, out, error = run("check", "data", "--pack", SMALL)
    assert (status, out) == (2, "")
    assert error.startswith("internal error (KeyError at test_main.py:")
    assert "张三" not in error
    assert len(error.splitlines()) == 1
    monkeypatch.setenv("POLICY_DEBUG", "1")
    error = run("check", "data", "--pack", SMALL)[2]
    assert error.startswith("Traceback (most recent call last):\n") and error.endswith("KeyError\n")
    assert "in broken" in error and "张三" not in error


def test_interrupted(run, data, monkeypatch):
    from policy import pipeline

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "read", interrupted)
    assert run("check", "data", "--pack", SMALL) == (130, "", "")


def test_a_pipe_that_closes(data):
    process = as_process("check", "data", "--pack", SMALL, *AS_OF, "--all")
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 141


def test_a_pipe_for_messages_that_closes(data):
    (data / "谈话.csv").write_text("谈话编号,结束日期\nT1,2026-02-30\n", "utf-8")
    process = as_process("check", "data", "--pack", SMALL, *AS_OF)
    process.stderr.close()
    assert process.stdout.read() == ""
    assert process.wait() == 141


def test_a_language_that_is_not_spoken_is_told_in_the_language_of_the_environment(run, monkeypatch):
    monkeypatch.setenv("POLICY_LANG", "zh")
    assert run("check", "--lang", "fr") == (2, "", "policy：`--lang` 不能是 `fr`，可用：zh、en\n")


def test_a_mistake_in_the_environment_is_told_of_its_variable(run, monkeypatch):
    monkeypatch.setenv("POLICY_AS_OF", "x")
    assert run("check", "data") == (2, "", "policy: `POLICY_AS_OF` takes a day such as 2026-05-11, not `x`\n")


def test_no_line_of_a_help_ends_with_a_blank(run):
    for verb in VERBS:
        assert not re.search(r" $", run(verb, "-h")[1], re.MULTILINE)


def test_a_file_without_a_suffix(run, data):
    (data / "谈话").write_text("x", "utf-8")
    status, _, error = run("check", "data/谈话", "--pack", SMALL)
    assert (status, error.partition(";")[0]) == (2, "policy: `data/谈话`: the name has no suffix to tell the type of the file by")
    assert "data/谈话: left out: its name has no suffix" in run("check", "data", "--pack", SMALL, *AS_OF)[1]


def _writer(pipe: Path) -> int:
    """The writing end of a named pipe, once somebody has opened it for reading."""
    for _ in range(400):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.05)
    raise AssertionError("nobody reads")


def test_interrupted_by_the_keyboard(tmp_path):
    os.mkfifo(tmp_path / "talk.csv")
    process = as_process("check", "talk.csv", "--pack", SMALL, *AS_OF)
    with open(_writer(tmp_path / "talk.csv"), "wb"):  # it reads: the command has come so far
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 130


# --- test ------------------------------------------------------------------------------------------------------------


def test_cases(run):
    assert run("test", SMALL) == (0, "small: 2 cases, all passed\n", "")


def test_a_case_that_fails(run, tmp_path):
    pack = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    file = pack / "pack.policy"
    file.write_text(file.read_text("utf-8").replace("S-1-a T1 late", "S-1-a T1 violated"), "utf-8")
    status, out, error = run("test", "pack", "--lang", "en")
    assert (status, error) == (1, "")
    assert out.splitlines()[:2] == ["failed: 次日逾期", "error U30: expected `violated`, the outcome is `late`"]
    assert "pack/pack.policy:71:3" in out
    assert out.splitlines()[-1] == "small: 1 of 2 cases failed"


# --- fmt -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def untidy(tmp_path):
    file = tmp_path / "a.policy"
    file.write_text("param  days_given : int = 3\nbasis “本单位”\nend\n", "utf-8")
    return file


def test_fmt_rewrites_once(run, untidy):
    before = untidy.read_text("utf-8")
    assert run("fmt", "--check", "a.policy") == (1, "a.policy\n", "1 file needs formatting; run policy fmt\n")
    status, out, _ = run("fmt", "--diff", "a.policy")
    assert status == 0
    assert "-param  days_given" in out
    assert untidy.read_text("utf-8") == before
    assert run("fmt") == (0, "", "")
    assert untidy.read_text("utf-8") != before
    assert run("fmt", "--check", ".") == (0, "", "")


def test_fmt_translates_only_when_asked(run, untidy, monkeypatch):
    monkeypatch.setenv("POLICY_LANG", "zh")
    run("fmt", "a.policy")
    assert untidy.read_text("utf-8").startswith("param ")
    run("fmt", "--lang", "zh", "a.policy")
    assert untidy.read_text("utf-8").startswith("参数 ")


def test_fmt_leaves_a_file_with_mistakes_alone(run, untidy):
    untidy.write_text("param param", "utf-8")
    status, out, error = run("fmt", "a.policy")
    assert (status, out) == (2, "")
    assert "a.policy:1:" in error
    assert untidy.read_text("utf-8") == "param param"


def test_fmt_of_standard_input(untidy):
    process = as_process("fmt", "-", stdin=subprocess.PIPE)
    out, error = process.communicate(untidy.read_text("utf-8"), timeout=20)
    assert (process.returncode, error) == (0, "")
    assert out.startswith("param days_given")


def test_fmt_goes_on_after_a_file_that_is_not_utf8(run, untidy, tmp_path):
    (tmp_path / "0.policy").write_bytes("谈话".encode("gbk"))
    status, out, error = run("fmt")
    assert (status, out, error) == (2, "", "policy: `0.policy`: the file is not UTF-8; save it as UTF-8\n")
    assert untidy.read_text("utf-8").startswith("param days_given")
    assert (tmp_path / "0.policy").read_bytes() == "谈话".encode("gbk")


@pytest.mark.parametrize("word", ["nowhere", "bad.policy"])
def test_fmt_of_no_rule_file(run, tmp_path, word):
    (tmp_path / "bad.policy").write_bytes("谈话".encode("gbk"))
    status, out, error = run("fmt", word)
    assert (status, out) == (2, "")
    assert error.startswith(f"policy: `{word}`: ")


# --- plugins, sample, demo -------------------------------------------------------------------------------------------


def test_plugins(run):
    status, out, error = run("plugins")
    assert (status, error) == (0, "")
    assert ".csv" in out
    assert FORMATS in out
    assert "supervision_talks" in out


def test_sample(run, tmp_path):
    status, out, error = run("sample", "-o", "made", "--format", "both")
    assert (status, error) == (0, "")
    files = out.splitlines()
    assert files[0] == str(Path("made/county.xlsx"))
    assert Path("made/csv/谈话.csv").read_bytes().startswith("\ufeff谈话编号".encode())
    assert all(Path(file).is_file() for file in files)


def test_a_sample_overwrites_nothing(run):
    assert run("sample", "-o", "made", "--format", "csv")[0] == 0
    Path("made/csv/谈话.csv").write_text("mine", "utf-8")
    status, out, error = run("sample", "-o", "made")
    assert (status, out, error.partition(" is there")[0]) == (2, "", f"policy: `{Path('made/csv')}`")
    assert Path("made/csv/谈话.csv").read_text("utf-8") == "mine" and not Path("made/county.xlsx").exists()
    assert run("sample", "-o", "made", "--format", "xlsx")[0] == 0


def test_both_forms_of_the_sample_say_the_same(run, tmp_path):
    run("sample", "-o", "made")
    found = []
    for location in ("made/csv", "made/county.xlsx"):
        status, out, error = run("check", location, "--as-of", "2026-11-23", "-o", "json", "--keep-going", "--all")
        assert error == ""
        document = json.loads(out)
        found.append([(one["rule"], one["subject"], one["status"], one["due"], one["fulfilled"]) for one in document["outcomes"]])
    assert found[0] == found[1]
    assert len(found[0]) > 100


def test_samples_that_do_not_exist(run):
    assert run("sample", "--pack", SMALL) == (2, "", "policy: there is no sample for pack `small`\n")
    assert run("sample", "--name", "x") == (2, "", "policy: there is no sample `x`; there are: county\n")


# --- larger samples ---------------------------------------------------------------------------------------------------


def test_the_county_in_parquet_says_the_same(run):
    run("sample", "-o", "made", "--format", "csv")
    status, out, error = run("sample", "--scale", "county", "--format", "parquet", "-o", "made", "--lang", "en")
    assert status == 0
    assert str(Path("made/parquet/talk.parquet")) in out.splitlines()
    assert error == "these data (invented) are meant to be judged as of 2026-11-23: policy check made/parquet --as-of 2026-11-23\n"
    found = []
    for location in ("made/csv", "made/parquet"):
        _, out, error = run("check", location, "--as-of", "2026-11-23", "-o", "json", "--all")
        assert error == ""
        found.append([(one["rule"], one["subject"], one["status"], one["due"], one["message"]) for one in json.loads(out)["outcomes"]])
    assert found[0] == found[1]
    assert len(found[0]) > 5000


def test_a_province(run):
    status, out, error = run("sample", "--scale", "province", "-o", "made", "--lang", "zh")
    assert (status, len(out.splitlines())) == (0, 22)
    assert error == "这些数据（虚构）以 2028-12-20 为检查基准日：policy check made/parquet --as-of 2028-12-20\n"
    assert sorted(map(str, Path("made/parquet").iterdir())) == sorted(out.splitlines())
    assert [file.name for file in Path("made").iterdir()] == ["parquet"]


def test_the_county_is_the_sample_itself(run):
    assert run("sample", "-o", "one", "--format", "csv", "--scale", "county")[1].replace("one", "two") == run("sample", "-o", "two", "--format", "csv")[1]


def test_scales_and_forms_that_do_not_exist(run):
    assert run("sample", "--scale", "world") == (2, "", "policy: there is no scale `world`; there are: county province nation stress\n")
    assert run("sample", "--scale", "world", "--lang", "zh")[2] == "policy：没有名为 `world` 的规模；可用：county province nation stress\n"
    assert run("sample", "--scale", "nation", "--format", "xlsx")[2] == "policy: `--format` cannot be `xlsx`, choose from: parquet csv\n"
    assert run("sample", "--format", "pdf")[2] == "policy: `--format` cannot be `pdf`, choose from: both csv xlsx parquet\n"


def test_a_large_sample_without_duckdb(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    said = "policy: `made/parquet`: writing it needs a Python package: `pip install 'policy[sql]'`\n"
    assert run("sample", "--scale", "province", "-o", "made") == (2, "", said)
    assert run("sample", "--scale", "province", "-o", "made", "--lang", "zh")[2] == "policy：`made/parquet`：生成它需要先安装 Python 包：`pip install 'policy[sql]'`\n"
    assert not list(Path("made").iterdir())
    assert run("sample", "-o", "other", "--format", "csv")[0] == 0


def test_a_large_sample_for_which_there_is_no_room(run, monkeypatch):
    duckdb = pytest.importorskip("duckdb")

    def refuse(self, *arguments):
        raise duckdb.IOException('IO Error: Could not write file "x": No space left on device {"errno":"28"}')

    monkeypatch.setattr("policy_sample.scales._written", refuse)
    assert run("sample", "--scale", "province", "-o", "made") == (2, "", "policy: `made/parquet`: cannot be read or written (No space left on device)\n")
    assert run("sample", "--scale", "province", "-o", "made", "--lang", "zh")[2] == "policy：`made/parquet`：无法读写（磁盘已满）\n"
    assert not list(Path("made").iterdir())


def test_an_interrupted_sample_leaves_nothing(tmp_path):
    process = as_process("sample", "--scale", "nation", "-o", "made")
    begun = Path("made") / f".parquet.{process.pid}.tmp" / "organization.parquet"
    for _ in range(1200):
        if begun.exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60) == ("", "")
    assert process.returncode == 130
    assert not list(Path("made").iterdir())


def test_demo(run):
    status, out, error = run("demo", "--lang", "zh")
    assert (status, error) == (0, "")
    assert "需处理事项" in out
    assert Path("demo/county.xlsx").is_file()
    assert "网页 demo/report.html" in out and "需处理事项 195 项" in Path("demo/report.html").read_text("utf-8")
    assert "policy check demo/county.xlsx --as-of 2026-11-23" in out


def test_the_commands_that_the_demo_prints_find_what_it_shows(run):
    _, out, _ = run("demo", "--lang", "en")
    totals = re.findall(r"^  \d+ rules, \d+ outcomes: .*$", out, re.MULTILINE)
    commands = re.findall(r"^  policy (check demo/county.xlsx .*)$", out, re.MULTILINE)
    assert (len(totals), len(commands)) == (3, 4)
    for total, command in zip((*totals[1:], totals[0]), commands):  # what is shown first is printed as the first to try
        status, shown, error = run(*command.split(), "--lang", "en")
        assert (status, error) == (1, "")
        assert total in shown


def test_a_pack_without_cases(run, tmp_path):
    pack = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    file = pack / "pack.policy"
    file.write_text(file.read_text("utf-8").partition("case ")[0], "utf-8")
    assert run("test", "pack") == (0, "small: there are no cases\n", "")


def test_a_calendar_of_the_units_own(run, data):
    Path("holidays.csv").write_text("date,kind\n2026-05-08,holiday\n", "utf-8")
    words = ("check", "data", "--pack", SMALL, *AS_OF, "--set", "nonworking=next_workday", "--select", "S-1", "-o", "json", "--all")
    before, after = (json.loads(run(*words, *more)[1])["outcomes"][0]["due"] for more in ((), ("--calendar", "holidays.csv")))
    assert (before, after) == ("2026-05-08", "2026-05-11")


def test_a_wrong_calendar(run, data):
    Path("holidays.csv").write_text("date,kind\n2026-05-08,party\n", "utf-8")
    status, out, error = run("check", "data", "--pack", SMALL, "--calendar", "holidays.csv")
    assert (status, out) == (2, "")
    assert "holidays.csv row 2, column B" in error


def test_extra_tables_are_left_out(run, data):
    (data / "备查.csv").write_text("什么\n1\n", "utf-8")
    assert run("check", "data", "--pack", SMALL, *AS_OF)[0] == 2
    status, out, _ = run("check", "data", "--pack", SMALL, *AS_OF, "--extra", "备查")
    assert status == 1
    assert "declared as extra and left out: data/备查.csv" in out


def test_a_report_that_is_no_text_never_reaches_a_terminal(run, data, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
        status, out, error = run("check", "data", "--pack", SMALL, "-o", "xlsx")
    assert (status, out) == (2, "")
    assert "`-o xlsx` cannot be shown on a terminal; name a file, such as -o xlsx=report.xlsx" in error


@pytest.mark.parametrize("name", ["十月.xlsx", "十月.csv"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_list_of_findings_of_an_earlier_run_is_no_data(run, data, name, language):
    format = name.partition(".")[2]
    assert run("check", "data", "--pack", SMALL, *AS_OF, "-o", f"{format}=data/{name}", "--lang", language) == (1, "", "")
    before = run("check", "data/谈话.csv", "data/人员.csv", "--pack", SMALL, *AS_OF, "-o", "jsonl")
    status, out, error = run("check", "data", "--pack", SMALL, *AS_OF, "-o", "text", "--lang", "zh")
    assert status == 1 and f"data/{name}：是本程序写出的问题清单，不是数据，未读取" in out
    assert run("check", "data", "--pack", SMALL, *AS_OF, "-o", "jsonl")[1] == before[1]


def test_a_list_of_findings_that_is_named_as_data_is_an_error(run, data):
    assert run("check", "data", "--pack", SMALL, *AS_OF, "-o", "xlsx=十月.xlsx")[0] == 1
    status, _, error = run("check", "十月.xlsx", "--pack", SMALL, *AS_OF)
    assert status == 2 and "十月.xlsx: is a list of findings that this program has written and no data, left out" in error


def test_what_a_check_does_without_does_not_last(run):
    assert gc.isenabled()
    run("check", "talk.csv", "--pack", SMALL, *AS_OF)
    assert gc.isenabled()
