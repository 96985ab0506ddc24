"""The action, the GitLab job and the hooks: their shell steps are run as they stand, by the shell that runs them there."""

from __future__ import annotations

import json
import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "docs" / "pipelines" / "github" / "action.yml").read_text("utf-8"))
JOB = yaml.safe_load((ROOT / "docs" / "pipelines" / "gitlab" / "policy.gitlab-ci.yml").read_text("utf-8"))[".policy-check"]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
PAGE = (ROOT / "docs" / "pipelines.md").read_text("utf-8")
EXAMPLES = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
"""As the runner of GitHub calls it for `shell: bash`."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the steps are for bash")


@pytest.fixture
def place(tmp_path):
    """A working folder with data that break a rule, one file with a blank and a star in its name."""
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "p.policy").write_text(
        'pack p version "1" regulation "regulation.md" end\nentity clerk "经办人" id : text key "工号" name : text "姓名" size : int "件数" end\n'
        'rule A-1 "size" basis article 1 bearer clerk for each clerk must clerk.size > 5 otherwise fail "{clerk}" end\n', "utf-8",
    )  # fmt: skip
    (tmp_path / "pack" / "regulation.md").write_text("### Article 1\n\nx\n", "utf-8")
    (tmp_path / "数据 *").mkdir()
    (tmp_path / "数据 *" / "clerk.csv").write_text("id,name,size\nC1,张小三,2\n", "utf-8")
    (tmp_path / "temp").mkdir()
    return tmp_path


def environment(place: Path, **variables: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("POLICY_", "GITHUB_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{own['PATH']}"
    return own | {"PATH": path, "HOME": str(place / "home"), "XDG_STATE_HOME": str(place / "state"), "LC_ALL": "C.UTF-8"} | variables


def run(command: list[str], place: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=place, env=environment(place, **variables), capture_output=True, text=True, encoding="utf-8", check=False)


# --- GitHub ----------------------------------------------------------------------------------------------------------


def step(name: str) -> dict:
    return next(step for step in ACTION["runs"]["steps"] if step["name"] == name)


def check(place: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], str]:
    """The action's step with these inputs; and what it gave to the steps after it."""
    given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()} | {"data": "数据 *", "pack": "pack", "as-of": "2026-05-11"}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    variables = {name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], text) for name, text in step("Check")["env"].items()}
    output = place / "output"
    output.write_text("", "utf-8")
    done = run([*BASH, step("Check")["run"]], place, GITHUB_OUTPUT=str(output), RUNNER_TEMP=str(place / "temp"), **variables)
    return done, output.read_text("utf-8")


def test_the_action_annotates_writes_reports_and_ends_with_the_status(place):
    done, output = check(place)
    assert done.returncode == 1 and output == "status=1\n", done.stderr
    assert re.match(r"::error file=数据 \*/clerk.csv,line=2,title=不合规 article 1 size（A-1）::对象：经办人 p-\w{10}（张\*三）%0A", done.stdout)
    assert "张小三" not in done.stdout + (place / "policy.sarif").read_text("utf-8") + (place / "policy-junit.xml").read_text("utf-8")


def test_the_action_passes(place):
    (place / "数据 *" / "clerk.csv").write_text("id,name,size\nC1,张小三,9\n", "utf-8")
    done, output = check(place)
    assert (done.returncode, output) == (0, "status=0\n"), done.stderr
    assert not (place / "temp" / "policy-mask.key").exists()


def test_the_action_fails_where_nothing_is_judged(place):
    (place / "数据 *" / "clerk.csv").write_text("id,name,size\n", "utf-8")
    assert check(place)[0].returncode == 1
    assert check(place, fail_on_empty="false")[0].returncode == 0


def test_the_inputs_of_the_action(place):
    done, output = check(place, exit_zero="true", sarif="r.sarif", junit="r.xml", mask="none", lang="en")
    assert (done.returncode, output) == (0, "status=0\n"), done.stderr
    assert "subject: clerk C1 (张小三)" in done.stdout
    assert (place / "r.sarif").is_file() and (place / "r.xml").is_file()
    assert check(place, data="数据 *\nno-such")[0].returncode == 2
    assert check(place, data="\n数据 *\n\n", fail_on="no-such")[0].returncode == 2


def test_the_actions_key_gives_the_same_fingerprints_and_is_taken_away(place):
    def fingerprint(secret: str) -> str:
        check(place, mask_key=secret)
        assert list((place / "temp").iterdir()) == []
        return json.loads((place / "policy.sarif").read_text("utf-8"))["runs"][0]["results"][0]["partialFingerprints"]["policy/v1"]

    assert fingerprint("k" * 32) == fingerprint("k" * 32) != fingerprint("l" * 32)


def test_nothing_in_an_input_is_run(place):
    for name in ("data", "pack", "mask_key", "sarif", "fail_on"):
        check(place, **{name: '$(touch pwned); `touch pwned`; "; touch pwned; #\n--help\n*'})
    assert not (place / "pwned").exists()


def test_no_expression_stands_in_a_script():
    assert not [one["name"] for one in ACTION["runs"]["steps"] if "${{" in one["run"]]


def test_the_example_calls_the_action_with_inputs_that_there_are():
    used = next(one for example in EXAMPLES if "jobs" in example for one in example["jobs"]["check"]["steps"] if "docs/pipelines/github" in one["uses"])
    assert used["with"].keys() <= ACTION["inputs"].keys()
    assert {name for name, one in ACTION["inputs"].items() if one.get("required")} <= used["with"].keys()


@pytest.mark.deep
def test_the_action_installs_the_program(tmp_path):
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    variables = {"INSTALL": "", "GITHUB_ACTION_PATH": str(ROOT / "docs" / "pipelines" / "github"), "PATH": f"{tmp_path}/venv/bin:{os.environ['PATH']}"}
    done = run([*BASH, step("Install policy")["run"]], tmp_path, **variables)
    assert done.returncode == 0, done.stderr
    assert run(["policy", "check", "-h"], tmp_path, **variables).returncode == 0


# --- GitLab ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", [["sh", "-e", "-c"], [*BASH]])
def test_the_job_writes_its_artifacts_and_ends_with_the_status(place, shell):
    variables = JOB["variables"] | {"POLICY_DATA": "数据 *", "POLICY_PACK": "pack", "POLICY_AS_OF": "2026-05-11"}
    done = run([*shell, "\n".join(JOB["script"])], place, **variables)
    assert done.returncode == 1, done.stderr
    assert "■ 张*三（经办人 p-" in done.stdout and "张小三" not in done.stdout
    for name in (*JOB["artifacts"]["reports"].values(), *JOB["artifacts"]["paths"]):
        assert "张小三" not in (place / name).read_text("utf-8")
    assert run([*shell, "\n".join(JOB["script"])], place, **variables, POLICY_EXIT_ZERO="1").returncode == 0


def test_several_data_are_given_one_on_a_line(place):
    (place / "b.csv").write_text("x\n", "utf-8")
    example = next(example for example in EXAMPLES if "include" in example)["records"]
    assert example["extends"] == ".policy-check" and example["variables"]["POLICY_DATA"].split("\n") == ["台账", "补充.xlsx"]
    done = run(["sh", "-e", "-c", "\n".join(JOB["script"])], place, POLICY_DATA="数据 *\nno such", POLICY_PACK="pack", POLICY_LANG="zh")
    assert done.returncode == 2 and "`no such`" in done.stderr


# --- pre-commit ------------------------------------------------------------------------------------------------------


def test_the_hooks_do_what_they_say(place):
    assert HOOKS.keys() == {"policy-check", "policy-fmt", "policy-test"}
    (place / "policy.toml").write_text('规则包 = "pack"\n数据 = "数据 *"\n', "utf-8")
    assert run(shlex.split(HOOKS["policy-check"]["entry"]), place).returncode == 1
    assert run([*shlex.split(HOOKS["policy-fmt"]["entry"]), "pack/p.policy"], place).returncode == 0
    assert run([*shlex.split(HOOKS["policy-fmt"]["entry"]), "--check", "pack/p.policy"], place).returncode == 0
    assert run([*shlex.split(HOOKS["policy-test"]["entry"]), "pack"], place).returncode == 0


def test_the_hooks_look_at_the_files_that_they_are_about():
    assert re.search(HOOKS["policy-check"]["files"], "台账/谈话.xlsx") and not re.search(HOOKS["policy-check"]["files"], "README.md")
    used = next(example for example in EXAMPLES if "repos" in example)["repos"][0]["hooks"]
    assert {hook["id"] for hook in used} == HOOKS.keys()
    assert all(f"| `{name}` |" in PAGE for name in HOOKS)


@pytest.mark.deep
def test_pre_commit_installs_and_runs_the_hooks(place):
    """What `pre-commit try-repo` makes of this checkout, in a repository of its own."""
    for command in (["git", "init", "-q"], ["git", "add", "pack"], ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"]):
        subprocess.run(command, cwd=place, check=True)
    variables = {"PRE_COMMIT_HOME": str(place / "pre-commit")}
    tried = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT)]
    first = run([*tried, "policy-fmt", "--files", "pack/p.policy"], place, **variables)
    assert first.returncode == 1 and "files were modified by this hook" in first.stdout, first.stdout + first.stderr
    again = run([*tried, "policy-fmt", "--files", "pack/p.policy"], place, **variables)
    assert again.returncode == 0 and "Passed" in again.stdout, again.stdout + again.stderr


def test_no_file_that_others_may_write_holds_the_key(place):
    """The action's key is readable by its owner alone while the step runs."""
    script = step("Check")["run"].replace('status=0\n', 'stat -c %a "$POLICY_MASK_KEY" > mode\nstatus=0\n', 1)
    run([*BASH, script], place, MASK_KEY="k" * 32, RUNNER_TEMP=str(place / "temp"), GITHUB_OUTPUT=str(place / "o"), DATA="x", SARIF="s", JUNIT="j")
    assert int((place / "mode").read_text(), 8) == stat.S_IRUSR | stat.S_IWUSR
