"""`policy check --audit`, `policy audit verify` and `replay`, as somebody uses them who has to answer for the results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from policy.hooks.manager import load_plugins
from policy.pipeline.audit import AuditRequest, _moved

SMALL = Path(__file__).parents[1] / "data" / "small"
AS_OF = ("--as-of", "2026-07-15")


@pytest.fixture(autouse=True)
def data(bare, tmp_path):
    folder = tmp_path / "台账"
    folder.mkdir()
    (folder / "谈话.csv").write_text("谈话编号,谈话类型,被谈话人,结束日期,个别谈话\nT1,定期谈话,P1,2026-04-08,是\nT2,及时谈话,P1,2026-07-01,否\n", "utf-8")
    (folder / "人员.csv").write_text("人员编号,姓名\nP1,张三\n", "utf-8")
    shutil.copytree(SMALL, tmp_path / "pack")
    return folder


@pytest.fixture
def check(run):
    def check(*flags: str) -> str:
        status, _, error = run("check", "台账", "--pack", "pack", *AS_OF, "--audit", "留痕", "-o", "jsonl=x.jsonl", *flags)
        assert status == 1, error
        return error

    return check


def manifest(number: int = 1) -> dict:
    return json.loads(Path(f"留痕/{number:06}.json").read_text("utf-8"))


def test_a_manifest(check):
    said = check("--set", "report_days=20 days", "--select", "S-1", "--lang", "zh")
    members = manifest()
    assert said == f"留痕 留痕/000001.json，摘要 {_digest('留痕/000001.json')}\n"
    assert members["request"] == {
        "all": False,
        "data": ["../台账"],
        "flags": {
            "as-of": ["2026-07-15"], "calendar": [], "engine": ["auto"], "extra": [], "ignore": [], "keep-going": [], "mapping": [],
            "pack": ["../pack"], "select": ["S-1"], "set": ["report_days=20 days"], "unit": [""], "waivers": [],
        },
    }  # fmt: skip
    assert [(one["role"], one["path"]) for one in members["files"]] == [
        ("data", "../台账/人员.csv"), ("data", "../台账/谈话.csv"), ("pack", "../pack/pack.policy"), ("pack", "../pack/regulation.md"),
    ]  # fmt: skip
    assert members["files"][1]["digest"] == _digest("台账/谈话.csv") and members["files"][1]["size"] == Path("台账/谈话.csv").stat().st_size
    assert members["parameters"] == [{"default": "30 days", "name": "report_days", "origin": "--set", "value": "20 days"}]
    assert members["result"]["rules"]["S-1-a"]["statuses"] == {"violated": 1, "pending": 1}
    assert "张三" not in json.dumps(members, ensure_ascii=False) and "P1" not in json.dumps(members)


def _digest(path: str, name: str = "sha256") -> str:
    import hashlib

    return hashlib.new(name, Path(path).read_bytes()).hexdigest()


def test_verified_and_replayed(check, run):
    check()
    check("--digest", "sm3")
    status, out, _ = run("audit", "verify", "留痕")
    assert (status, out) == (0, "2 manifests in one chain, and 4 files as they tell: nothing has changed\n"
                                f"the last is 000002.json, digest {_digest('留痕/000002.json', 'sm3')}\n")  # fmt: skip
    for name in ("000001.json", "000002.json"):
        status, out, error = run("audit", "replay", f"留痕/{name}")
        assert (status, error) == (0, "") and out.startswith("4 outcomes, the same to the byte, digest ")


def test_everything_may_be_moved_together(check, run, tmp_path, monkeypatch):
    check("--waivers", _waivers())
    other = tmp_path / "elsewhere"
    other.mkdir()
    for name in ("台账", "pack", "留痕", "豁免.csv"):
        shutil.move(name, other / name)
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    assert run("audit", "verify", "../elsewhere/留痕")[0] == 0
    assert run("audit", "replay", "../elsewhere/留痕/000001.json")[0] == 0


def _waivers() -> str:
    Path("豁免.csv").write_text("豁免编号,规则,对象,理由,批准人,批准日期\nW1,S-2-a,T2,材料在途,办公室,2026-07-01\n", "utf-8")
    return "豁免.csv"


def test_the_units_file_is_part_of_it(check, run):
    Path("policy.toml").write_text('规则包 = "pack"\n数据 = "台账"\n留痕 = "trail"\n摘要算法 = "SM3"\n[参数.report_days]\n值 = "20日"\n依据 = "x"\n', "utf-8")
    assert run("check", *AS_OF, "-o", "jsonl=x.jsonl")[0] == 1
    members = json.loads(Path("trail/000001.json").read_text("utf-8"))
    assert members["digest"] == "sm3" and members["request"]["flags"]["unit"] == ["../policy.toml"]
    assert run("audit", "replay", "trail/000001.json")[0] == 0
    Path("policy.toml").write_text(Path("policy.toml").read_text("utf-8").replace("20日", "90日"), "utf-8")
    status, out, _ = run("audit", "replay", "trail/000001.json", "--lang", "zh")
    assert status == 1 and out.splitlines() == [
        "../policy.toml：与 000001.json 记录的不同，核对之后被改动",
        "重做的结果与留痕不同：当时 4 项，现在 4 项",
        "参数不同：当时 [['report_days', '20 days']]，现在 [['report_days', '90 days']]",
        "S-1-a：项数相同（不合规 1、未到期 1），内容不同",
    ]


@pytest.mark.parametrize("file", ["台账/谈话.csv", "台账/人员.csv", "pack/pack.policy", "pack/regulation.md"])
def test_a_changed_file_is_named(check, run, file):
    check()
    Path(file).write_bytes(Path(file).read_bytes() + b"\n")
    status, out, _ = run("audit", "verify", "留痕")
    assert status == 1 and out.splitlines()[:2] == [f"../{file}: not as 000001.json tells; it was changed after the run", "1 manifest, 4 files: 1 change found"]
    Path(file).unlink()
    status, out, _ = run("audit", "verify", "留痕")
    assert status == 1 and out.startswith(f"../{file}: 000001.json tells of it, and it is no longer there")


def test_what_came_to_something_else(check, run, data):
    check()
    file = data / "谈话.csv"
    file.write_text(file.read_text("utf-8").replace("2026-04-08", "2026-04-09"), "utf-8")
    status, out, _ = run("audit", "replay", "留痕/000001.json")
    assert status == 1 and out.splitlines() == [
        "../台账/谈话.csv: not as 000001.json tells; it was changed after the run",
        "not the same: 4 outcomes then, 4 now",
        "the data that were read are not the same",
        "S-1-a: as many (violated 1, pending 1), but not the same",
    ]


def test_data_that_change_from_run_to_run_are_no_change(check, run, data):
    check()
    (data / "谈话.csv").write_text((data / "谈话.csv").read_text("utf-8") + "T3,定期谈话,P1,2026-07-02,是\n", "utf-8")
    check()
    status, out, _ = run("audit", "verify", "留痕", "--lang", "zh")
    assert status == 0 and out.startswith("说明：000001.json 核对时下列文件是另外的内容，后来的留痕已记录：../台账/谈话.csv\n2 份留痕前后相连")


def test_data_that_lie_elsewhere_now(check, run, data):
    check()
    shutil.move("台账", "别处")
    assert run("audit", "replay", "留痕/000001.json")[0] == 2
    status, out, _ = run("audit", "replay", "留痕/000001.json", "别处")
    assert status == 1 and out.splitlines()[-1].startswith("4 outcomes, the same to the byte"), "the files that are gone are told of all the same"


def test_an_anchor(check, run):
    noted = check().split()[-1]
    check()
    assert run("audit", "verify", "留痕", "--anchor", noted.upper())[0] == 0
    shutil.rmtree("留痕")
    check("--select", "S-1")
    status, out, _ = run("audit", "verify", "留痕", "--anchor", noted)
    assert status == 1 and out.startswith(f"no manifest has the digest {noted}: it was removed or written anew")


def test_alone_in_a_file_among_the_data(run):
    words = ("check", "台账", "--pack", "pack", *AS_OF, "--audit", "台账/run.json", "-o", "jsonl=x.jsonl")
    assert run(*words)[0] == 1
    assert run("audit", "verify", "台账/run.json")[0] == 0 and run("audit", "replay", "台账/run.json")[0] == 0
    status, _, error = run(*words)
    assert status == 2 and error == "policy: `台账/run.json`: is there already, and manifests are never overwritten; name another file, or a folder\n"


def test_the_level_of_a_machine_is_not_taken_from_a_file(check, run, data):
    (data / "谈话.csv").write_text((data / "谈话.csv").read_text("utf-8").replace("T2,", "机密,"), "utf-8")
    check("--secrecy", "机密")
    assert "secrecy" not in manifest()["request"]["flags"]
    assert run("audit", "replay", "留痕/000001.json")[0] == 3
    assert run("audit", "replay", "留痕/000001.json", "--secrecy", "机密")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say verify DIR or replay FILE, as in: policy audit verify trail/"),
        (("check", "x"), "say verify DIR or replay FILE, as in: policy audit verify trail/"),
        (("replay", "留痕/000001.json", "--anchor", "x"), "--anchor is for verify only"),
        (("verify", "台账"), "`台账`: there is no manifest here; write one with policy check --audit DIR"),
        (("verify", "none"), "`none`: cannot be read or written (No such file or directory)"),
        (("replay", "none"), "`none`: cannot be read or written (No such file or directory)"),
        (("replay", "台账/谈话.csv"), "`台账/谈话.csv`: is no manifest, or damaged"),
    ],
)
def test_mistakes_in_the_command(check, run, words, said):
    check()
    assert run("audit", *words) == (2, "", f"policy: {said}\n")


def test_no_password_is_written_down(tmp_path):
    asked = AuditRequest(("postgresql://reader:hush@server/ledger?schema=talks&sslpassword=hush", "台账"), {"pack": ("supervision_talks",), "unit": ("",)}, False)
    moved = _moved(asked, load_plugins(), str(tmp_path / "留痕"))
    assert "hush" not in str(moved) and "reader" not in str(moved), "neither password nor user"
    assert moved["data"][0] == "postgresql://server/ledger?schema=talks"
    assert moved["flags"] == {"pack": ["supervision_talks"], "unit": [""]} and moved["data"][1] == "../台账"
