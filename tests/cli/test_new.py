"""`policy new`: what it writes works at once, in both languages, for every base that it can be laid over."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy import pipeline
from policy.cli import main
from policy.hooks.manager import load_plugins

GROUND = Path(__file__).parents[1] / "conformance" / "ground"


def test_a_variant_of_an_installed_pack(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "pack", "our_office", "--extends", "supervision_talks", "--lang", "zh"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [str(Path("our_office/our_office.policy")), "已新建，2 个案例全部通过。改完后再运行：policy test our_office"]
    assert main(["test", "our_office", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "our_office：2 个案例全部通过\n"
    assert main(["fmt", "--check", "our_office"]) == 0
    pack = pipeline.load_pack(Path("our_office"), load_plugins()).pack
    assert pack.extends == (("supervision_talks", "1.0"),)
    assert pack.rule("JDTH-11-1-a") is not None


def test_the_examples_in_it_work_when_the_marks_are_taken_away(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    for language in ("zh", "en"):
        name = f"our_{language}"
        assert main(["new", "pack", name, "--extends", "supervision_talks", "--lang", language]) == 0
        file = tmp_path / name / f"{name}.policy"
        header, *lines = file.read_text("utf-8").splitlines()[1:]
        examples = [line.removeprefix("#").strip() for line in lines[: lines.index(next(line for line in lines if line[:1] not in "#"))]]
        rest = [line for line in lines if not line.startswith("#")]
        file.write_text("\n".join([*rest, *examples]), "utf-8")
        loaded = pipeline.load_pack(tmp_path / name, load_plugins())
        assert loaded.diagnostics == ()
        assert len(loaded.pack.editions) == 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pack_of_its_own(tmp_path, capsys, language) -> None:
    assert main(["new", "pack", "rules_of_ours", "-o", str(tmp_path), "--lang", language]) == 0
    assert main(["test", str(tmp_path / "rules_of_ours")]) == 0
    assert main(["fmt", "--check", str(tmp_path)]) == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_cases_notice_whatever_is_changed_in_what_it_writes(tmp_path, capsys, language) -> None:
    assert main(["new", "pack", "rules_of_ours", "-o", str(tmp_path), "--lang", language]) == 0
    assert main(["new", "pack", "over_the_base", "--extends", "supervision_talks", "-o", str(tmp_path), "--lang", language]) == 0
    capsys.readouterr()
    assert main(["test", *map(str, sorted(tmp_path.iterdir())), "--mutate", "--lang", "en"]) == 0
    assert [line.partition(": ")[2] for line in capsys.readouterr().out.splitlines() if "noticed" in line] == [
        "3 changes, 3 noticed by cases, 0 explained, 0 noticed by none",
        "10 changes, 10 noticed by cases, 0 explained, 0 noticed by none",
    ]


def test_a_base_that_lies_beside_it(tmp_path, capsys) -> None:
    (tmp_path / "ground").mkdir()
    (tmp_path / "ground" / "pack.policy").write_bytes((GROUND / "pack.policy").read_bytes())
    assert main(["new", "pack", "over", "--extends", str(tmp_path / "ground"), "-o", str(tmp_path)]) == 0
    assert main(["test", str(tmp_path / "over")]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "policy: say what to start and what to call it, as in: policy new pack our_office\n"),
        (("rule", "x"), "policy: there is no start for `rule`; there are: pack\n"),
        (("pack",), "policy: say what to start and what to call it, as in: policy new pack our_office\n"),
        (("pack", "2x"), "policy: `2x` cannot name a pack: a name is one word of letters, digits and _ that does not start with a digit\n"),
        (("pack", "x", "--extends", "supervision_talk"), "policy: `supervision_talk`: no such pack, folder or file; installed: "),
    ],
)
def test_what_cannot_be_done(tmp_path, monkeypatch, capsys, words, said) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", *words, "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").mkdir()
    assert main(["new", "pack", "x", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "policy: `x` is there already; choose another name\n"


def test_a_base_that_would_not_be_found(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "pack", "x", "--extends", str(GROUND), "--lang", "en"]) == 2
    assert capsys.readouterr().err == "policy: pack `ground` is neither installed nor in .; name the folder that it is in with -o\n"
