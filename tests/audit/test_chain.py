"""The chain of manifests: nothing in it can be changed, removed or exchanged without a trace."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from policy.audit import Taken, append, digest_file, read_manifest, verify, write_single
from policy.audit.chain import sealed

BODY = {"manifest": 1, "tool": "policy", "digest": "sha256", "request": {}, "result": {"outcomes": 2, "rules": {}}, "as_of": "2026-05-11"}


def body(folder: Path, digest: str = "sha256") -> dict:
    return {**BODY, "digest": digest, "files": [{"role": "data", "path": "../台账.csv", "digest": digest_file(digest, str(folder / "台账.csv"))[0]}]}


@pytest.fixture
def trail(tmp_path):
    """Three manifests, the second with SM3; between them the data have changed."""
    for number, digest in enumerate(("sha256", "sm3", "sha256")):
        (tmp_path / "台账.csv").write_text(f"谈话编号\nT{number}\n", "utf-8")
        append(str(tmp_path / "留痕"), body(tmp_path, digest))
    return tmp_path / "留痕"


def codes(path, anchor: str = "") -> list[str]:
    return [one.code for one in verify(str(path), anchor).findings if one.change]


def test_untouched(trail):
    verdict = verify(str(trail))
    assert [one.code for one in verdict.findings] == ["B118"] and not verdict.findings[0].change  # the first knew other data
    assert verdict.findings[0].arguments == {"name": "000001.json", "paths": "../台账.csv"}
    assert (verdict.manifests, verdict.files, verdict.name) == (3, 1, "000003.json")
    assert verdict.digest == digest_file("sha256", str(trail / "000003.json"))[0]
    assert sorted(os.listdir(trail)) == ["000001.json", "000002.json", "000003.json"]
    members = read_manifest((trail / "000003.json").read_bytes())
    assert members["previous"] == {"name": "000002.json", "digest": digest_file("sha256", str(trail / "000002.json"))[0]}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_whichever_byte_is_changed_it_is_found(trail, number):
    file = trail / f"{number:06}.json"
    content = file.read_bytes()
    for place in range(len(content)):
        file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert codes(trail), f"byte {place}: {content[place : place + 1]!r}"
    for changed in (content[:-1], content + b"\n", b" " + content, content.replace(b":", b": ", 1), b"", content[:50]):
        file.write_bytes(changed)
        assert codes(trail)
    file.write_bytes(content)
    assert codes(trail) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_change_with_its_own_digest_mended_breaks_the_chain(trail, number):
    file = trail / f"{number:06}.json"
    anchor = digest_file("sha256", str(trail / "000003.json"))[0]
    members = read_manifest(file.read_bytes())
    del members["self"]
    file.write_bytes(sealed({**members, "as_of": "2026-05-12"}))
    assert codes(trail) == (["B115"] if number < 3 else []), "of the last one only who has noted its digest can tell"
    assert codes(trail, anchor) == (["B115"] if number < 3 else ["B119"])


def test_removed(trail):
    content = {name: (trail / name).read_bytes() for name in os.listdir(trail)}
    (trail / "000002.json").unlink()
    assert codes(trail) == ["B114"]
    (trail / "000001.json").unlink()
    assert codes(trail) == ["B114", "B114"]
    for name in content:
        (trail / name).write_bytes(content[name])
    last = digest_file("sha256", str(trail / "000003.json"))[0]
    (trail / "000003.json").unlink()
    assert codes(trail, last) == ["B116", "B119"], "the data are those of the third run; its digest, noted down, is not there"


def test_exchanged_and_renamed(trail):
    first, second = trail / "000001.json", trail / "000002.json"
    one, two = first.read_bytes(), second.read_bytes()
    first.write_bytes(two)
    second.write_bytes(one)
    assert codes(trail)[:2] == ["B113", "B113"]
    first.write_bytes(one)
    second.write_bytes(one)
    assert "B113" in codes(trail) and "B115" in codes(trail)
    second.write_bytes(two)
    (trail / "000003.json").rename(trail / "000009.json")
    assert codes(trail)[:2] == ["B113", "B114"]


def test_a_file_of_something_else_in_the_folder(trail):
    (trail / "000004.json").write_text("{}")
    assert codes(trail) == ["B110"]
    (trail / "000004.json").write_bytes(sealed({**BODY, "manifest": 2, "files": []}))
    assert codes(trail) == ["B111"]


@pytest.mark.parametrize("changed", ["谈话编号\nT9\n", None])
def test_data_that_were_changed_or_are_gone(trail, changed):
    data = trail.parent / "台账.csv"
    data.write_text(changed, "utf-8") if changed else data.unlink()
    (found,) = [one for one in verify(str(trail)).findings if one.change]
    assert found == (("B116" if changed else "B117"), {"path": "../台账.csv", "name": "000003.json"}, True)


def test_alone(tmp_path):
    (tmp_path / "台账.csv").write_text("x")
    path = str(tmp_path / "a.json")
    members = {**body(tmp_path), "files": [{"role": "data", "path": "台账.csv", "digest": digest_file("sha256", str(tmp_path / "台账.csv"))[0]}]}
    write_single(path, members)
    assert codes(path) == []
    with pytest.raises(Taken):
        write_single(path, members)
    (tmp_path / "台账.csv").write_text("y")
    assert codes(path) == ["B116"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_several_who_write_at_once(trail):
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                for _ in range(5):
                    append(str(trail), body(trail.parent))
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert codes(trail) == [] and verify(str(trail)).manifests == 23


@pytest.mark.parametrize("content", [b"", b"[]", b"3", b"{", b"\xff", b"[" * 100_000, json.dumps({**BODY, "files": [1]}).encode(), json.dumps({**BODY, "files": {}}).encode()])
def test_what_is_no_manifest(content):
    with pytest.raises((ValueError, RecursionError)):
        read_manifest(content)
