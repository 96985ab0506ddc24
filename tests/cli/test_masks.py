"""`--mask` and `--mask-key`: what each format hides, and where the secret is kept."""

from __future__ import annotations

import json
import re
import stat
import sys
from pathlib import Path

import pytest

from policy.hooks.manager import load_plugins

PACK = """
pack clerks version "1"
  regulation "regulation.md"
end
entity clerk "经办人"
  id   : text key "工号"
  name : text "姓名"
  size : int "件数"
end
rule A-1 "size" basis article 1 bearer clerk for each clerk must clerk.size > 5 otherwise fail "{clerk}" end
"""


@pytest.fixture
def clerks(bare, tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "clerks.policy").write_text(PACK, "utf-8")
    (tmp_path / "pack" / "regulation.md").write_text("### Article 1\n\nx\n", "utf-8")
    (tmp_path / "经办人.csv").write_text("工号,姓名,件数\n张小三,张小三,2\n", "utf-8")
    return ("check", "经办人.csv", "--pack", "pack", "--as-of", "2026-05-11")


def bearers(text: str) -> list[str]:
    return [outcome["bearer"]["key"] for outcome in json.loads(text)["outcomes"]]


def test_what_is_for_own_use_hides_nothing(run, clerks):
    status, out, error = run(*clerks, "-o", "text", "-o", "json=r.json")
    assert (status, error) == (1, "")
    assert "张小三" in out and bearers(Path("r.json").read_text("utf-8")) == ["张小三"]
    assert not Path("state").exists()


def test_a_mask_goes_over_every_output(run, clerks, tmp_path):
    status, out, error = run(*clerks, "--lang", "zh", "-o", "text", "-o", "json=r.json", "--mask", "names")
    key = tmp_path / "state" / "policy" / "mask.key"
    assert status == 1
    assert error == f"已新建掩码密钥 {key}；请妥善保管，换了密钥化名就会变，得到密钥的人可以试出化名是谁\n"
    assert re.search(r"■ 张\*三（经办人 p-\w{10}）", out)
    assert "  掩码：人员姓名和编号已隐去\n" in out
    report = Path("r.json").read_text("utf-8")
    assert "张小三" not in out + report and json.loads(report)["mask"] == "names"
    assert run(*clerks, "--lang", "zh", "-o", "text", "--mask", "names") == (1, out, "")  # the same secret, the same pseudonyms
    assert len(key.read_text("ascii")) == 65


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such mode there")
def test_the_secret_is_for_its_owner_alone(run, clerks):
    run(*clerks, "--mask", "all", "--mask-key", "own/my.key")
    assert stat.S_IMODE(Path("own/my.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(Path("own").stat().st_mode) == 0o700
    assert [file.name for file in Path("own").iterdir()] == ["my.key"]


def test_another_secret_gives_other_pseudonyms(run, clerks):
    Path("a.key").write_text("a" * 32, "ascii")
    Path("b.key").write_text("b" * 32, "ascii")
    one, same, other = (run(*clerks, "-o", "json", "--mask", "all", "--mask-key", key)[1] for key in ("a.key", "a.key", "b.key"))
    assert bearers(one) == bearers(same) != bearers(other)
    assert json.loads(one)["outcomes"][0]["fingerprint"] != json.loads(other)["outcomes"][0]["fingerprint"]


def test_variables_and_the_units_file(run, clerks, monkeypatch):
    Path("policy.toml").write_text('掩码 = "姓名"\n掩码密钥 = "单位.key"\n', "utf-8")
    assert "张小三" not in run(*clerks)[1]
    assert Path("单位.key").is_file()
    assert "张小三" in run(*clerks, "--mask", "none")[1]
    monkeypatch.setenv("POLICY_MASK", "none")
    assert "张小三" in run(*clerks)[1]


def test_what_cannot_be_judged_is_masked_on_the_screen_too(run, clerks):
    with Path("经办人.csv").open("a", encoding="utf-8") as file:
        file.write("张小三,张大三,五件\n")
    assert "张小三" in run(*clerks, "--lang", "zh")[2]
    _, out, error = run(*clerks, "--lang", "zh", "--mask", "names", "--mask-key", "k")
    assert out == ""
    assert "张小三" not in error and "五件" not in error
    assert "错误：经办人.csv 第3行A列：主键 `p-" in error


def test_each_output_has_the_mask_of_its_format(run, clerks):
    formats = {name: f"r.{name}" for name in ("json", "sarif", "junit", "gitlab", "jsonl", "parquet", "github")}
    run(*clerks, *(word for name, file in formats.items() for word in ("-o", f"{name}={file}")))
    shown = {name for name, file in formats.items() if "张小三" in Path(file).read_bytes().decode("utf-8", "replace")}
    assert {"json", "jsonl"} <= shown and not shown & {"sarif", "junit", "github", "gitlab"}


def test_the_formats_that_hide_by_themselves():
    masked = {reporter.name: reporter.mask for reporter in load_plugins().reporters if getattr(reporter, "mask", "none") != "none"}
    assert masked == dict.fromkeys(("github", "gitlab", "ics", "junit", "sarif"), "names")
    page = (Path(__file__).parents[2] / "docs" / "masking.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in masked)


def test_a_secret_that_is_none(run, clerks):
    Path("k").write_text("short", "ascii")
    status, out, error = run(*clerks, "--lang", "en", "--mask", "names", "--mask-key", "k")
    assert (status, out) == (2, "")
    assert error == "policy: `k`: no masking key: it takes 32 characters or more; name another file, or delete it and let one be made\n"


def test_a_secret_that_cannot_be_kept(run, clerks):
    Path("full").write_text("", "ascii")
    status, _, error = run(*clerks, "--lang", "zh", "--mask", "names", "--mask-key", "full/k")
    assert status == 2 and "full" in error and "Traceback" not in error


def test_a_mask_that_there_is_not(run, clerks):
    status, _, error = run(*clerks, "--lang", "zh", "--mask", "some")
    assert (status, error) == (2, "policy：`--mask` 不能是 `some`，可用：none、names、all\n")
