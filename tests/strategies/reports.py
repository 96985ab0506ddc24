"""Reports whose every text from the data may do harm somewhere."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from policy.lang.facts import Input, Problem
from policy.lang.outcome import Evidence, Outcome, Waiver
from policy.lang.report import Report
from tests.reports import FULL, day, outcome

__all__ = ["HARM", "hostile_reports", "texts"]

HARM = (
    "\n::set-output name=secret::stolen", "\r\n::error file=a::pwned", "::add-mask::x", "##[error]pwned", "%0A::warning::pwned", "\x1b[31mred\x1b[0m",
    "\x9b31m", "<script>alert(1)</script>", "]]>", "&lt;", '"><failure message="pwned"/>', "\x00\x08\x0b\x1f", "\ufffe\uffff", "\ud800", "[click](https://evil.example)",
    "{0} {{1}}", "\\[x\\]", "\u202egnp.exe", "a\u2028b\u2029c\x85d", "=cmd|' /C calc'!A0", "a,b:c;d=e%f", "' or 1=1 --", "../../etc/passwd", "",
)  # fmt: skip
texts = st.sampled_from(HARM) | st.text(max_size=12) | st.builds("{}{}".format, st.sampled_from(HARM), st.text(max_size=4))
lines = st.none() | st.integers(1, 10**6)


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    row = draw(lines)
    cells = draw(st.lists(st.tuples(st.sampled_from(["end", "talkee"]), texts), max_size=0 if row is None else 2))
    return Evidence("talk", draw(texts), draw(texts), draw(st.none() | texts), row, tuple(cells))


@st.composite
def outcomes(draw: st.DrawFn, number: int) -> Outcome:
    rule = draw(st.sampled_from(["A-1", "C-1"]))
    status = draw(st.sampled_from(["violated", "late", "unknown", "due_soon", "attest", "excused", "satisfied"]))
    return outcome(
        rule, status, subject=(("talk", draw(texts)),), bearer=draw(st.none() | st.tuples(st.just("person"), texts)), message=draw(texts),
        excuse=draw(st.sampled_from(["waiver W1", "waiver W2", "第二条"])) if status == "excused" else None,
        evidence=tuple(draw(st.lists(evidence(), max_size=3))), due=draw(st.none() | st.just(day("2026-05-08"))), fingerprint=f"{number:016x}",
    )  # fmt: skip


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    found = sorted((draw(outcomes(number)) for number in range(draw(st.integers(0, 5)))), key=lambda one: one.rule)
    waiver = Waiver("W1", "A-1", draw(texts), draw(texts), draw(texts), day("2026-03-01"), None, draw(st.none() | texts), draw(texts), draw(st.none() | texts), 2)
    return attrs.evolve(
        FULL,
        outcomes=tuple(found),
        waivers=(waiver,),
        inputs=tuple(Input(draw(texts), draw(st.none() | texts), "talk", 2, "b" * 64) for _ in range(draw(st.integers(0, 2)))),
        problems=(Problem("D011", (("key", draw(texts)), ("other", draw(texts))), draw(texts), draw(st.none() | texts), draw(lines), draw(texts)),),
        names={("person", one.bearer[1]): draw(texts) for one in found if one.bearer},
        language=draw(st.sampled_from(["zh", "en"])),
        all_outcomes=draw(st.booleans()),
        notices=(),
    )
