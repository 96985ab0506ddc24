"""The example of `docs/proofs.md` is what the program says; `python -m tests.prove.test_docs` records it anew."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from policy.cli import main

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "proofs.md"
_EXAMPLE = re.compile(r"\$ (policy explain [^\n]*)\n(.*?)(?=```)", re.DOTALL)


def example(command: str) -> str:
    """What a command prints, run beside the data of the example."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.chdir(ROOT / "tests" / "data" / "proofs"), contextlib.redirect_stdout(out):
        assert main([*command.split()[1:], "--lang", "zh"]) == 0
    out.seek(0)
    return out.read()


def test_the_example_is_what_the_program_says() -> None:
    examples = _EXAMPLE.findall(PAGE.read_text("utf-8"))
    assert examples
    for command, said in examples:
        assert example(command) == said


if __name__ == "__main__":
    PAGE.write_text(_EXAMPLE.sub(lambda found: f"$ {found[1]}\n{example(found[1])}", PAGE.read_text("utf-8")), "utf-8")
