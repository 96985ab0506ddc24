"""No false alarm: nothing is found in the packs that ship, besides what they accept in place."""

from __future__ import annotations

import json

import pytest

from policy.analyse import KINDS
from policy.cli import main

PACKS = ("supervision_talks", "military", "reference_application")


@pytest.mark.deep
@pytest.mark.parametrize("pack", PACKS)
def test_nothing_is_found(pack, capsys):
    status = main(["verify", pack, "-o", "json", "--timeout", "200"])
    told = json.loads(capsys.readouterr().out)
    assert (status, told["findings"]) == (0, [])
    assert {(one["rule"], one["kind"]) for one in told["accepted"]} == {("JDTH-05-2-ct", "parameter"), ("JDTH-05-2-et", "parameter")}
    assert all(one["in_time"] for one in told["undecided"])


@pytest.mark.parametrize("rule", ["JDTH-07-1-c", "JDTH-11-1-a", "DQ-4"])
def test_nothing_is_found_in_some_rules(rule, capsys):
    status = main(["verify", "--select", rule, *(word for kind in KINDS if kind in ("conflict", "redundant") for word in ("--ignore", kind)), "-o", "json"])
    told = json.loads(capsys.readouterr().out)
    assert (status, told["findings"]) == (0, [])
    assert told["counts"]["rules"] >= 1


def test_a_finding_is_accepted_with_a_reason_only(tmp_path, capsys):
    text = (
        'pack p version "1"\n  title "t"\nend\nentity talk\n  id : text key\n  place : text optional\nend\n'
        'rule R-1 "t"\n  {comment}\n  basis "b"\n  for each talk\n  where talk.place is filled\n  must talk.place is filled\n'
        '  otherwise fail "m"\n  remedy "r"\nend\n'
    )
    for comment, status in (("# known V11: kept for its note", 0), ("# known V11:", 1), ("# known V18: no", 1)):
        (tmp_path / "p.policy").write_text(text.replace("{comment}", comment))
        assert main(["verify", str(tmp_path / "p.policy"), "--lang", "en"]) == status, comment
    assert "R-1 (never-violated): left out, as the pack says why: kept for its note" in capsys.readouterr().out
