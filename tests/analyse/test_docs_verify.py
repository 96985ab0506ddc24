"""What docs/verify.md says is so: its kinds are those of the program, its example is what the program says."""

from __future__ import annotations

import re
from pathlib import Path

from policy.analyse import ADVICE, KINDS
from policy.messages.verify import HELPS, MESSAGES
from policy.pipeline.verifying import CODES, WRONG
from tests.verified import recorded

TEXT = (Path(__file__).parents[2] / "docs" / "verify.md").read_text("utf-8")
ROWS = re.findall(r"^\| `([a-z-]+)`( \(advice\))? \| .* \| ([V0-9, ]+) \|$", TEXT, re.MULTILINE)


def test_the_kinds_are_all_there():
    told = [kind for kind, _, _ in ROWS]
    assert set(KINDS) <= set(told)
    assert {kind for kind, advice, _ in ROWS if advice} == set(ADVICE)


def test_their_codes_are_these():
    for kind, _, codes in ROWS:
        said = {CODES[kind]} if kind in CODES else set(WRONG.values())
        assert set(codes.split(", ")) == said
        assert said <= set(MESSAGES) and said <= set(HELPS)


def test_the_example_is_what_is_said():
    assert recorded("X-conflict-part", "en").read_text("utf-8").rsplit("\n\n", 1)[0] in TEXT
