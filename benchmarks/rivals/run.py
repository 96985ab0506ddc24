"""One rule, "every head has a talk in the term", by the engine that is named, as its users would write it; prints who has none."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent


def opa(folder: Path) -> list[str]:
    """Open Policy Agent, in its own language Rego."""
    from opa_bindings import OpaEngine

    with OpaEngine() as engine:
        engine.add_policy("coverage.rego", (HERE / "coverage.rego").read_text("utf-8"))
        return engine.eval_document("coverage.uncovered", json.loads((folder / "input.json").read_text("utf-8")))


def regorus(folder: Path) -> list[str]:
    """Another engine of Rego, written in Rust."""
    from regorus import Engine

    engine = Engine()
    engine.add_policy_from_file(str(HERE / "coverage.rego"))
    engine.set_input_from_json_file(str(folder / "input.json"))
    return json.loads(engine.eval_rule_as_json("data.coverage.uncovered"))


def clingo(folder: Path) -> Iterator[str]:
    """Answer sets; facts and rules are one language."""
    from clingo import Control

    control = Control()
    for file in (folder / "facts.lp", HERE / "coverage.lp"):
        control.load(str(file))
    control.ground()
    with control.solve(yield_=True) as answers:
        yield from (symbol.arguments[0].string for symbol in answers.model().symbols(shown=True))


def pyshacl(folder: Path) -> Iterator[str]:
    """Shapes over a graph."""
    from pyshacl import validate
    from rdflib import SH, Graph

    data, shapes = Graph().parse(folder / "data.ttl"), Graph().parse(HERE / "coverage.ttl")
    _, report, _ = validate(data, shacl_graph=shapes)
    yield from (str(node).rpartition(":")[2] for node in report.objects(None, SH.focusNode))


RIVALS = {"OPA": opa, "regorus": regorus, "clingo": clingo, "pySHACL": pyshacl}

NOT_INSTALLED = 3


def main(name: str, folder: str) -> int:
    """Print the ids, sorted; `NOT_INSTALLED` where the rival is not there."""
    try:
        found = sorted(RIVALS[name](Path(folder)))
    except ImportError as error:
        print(error, file=sys.stderr)
        return NOT_INSTALLED
    print("\n".join(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
