"""The parts of the report in their order, as paragraphs of Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from policy.lang.keywords import status_word
from policy.lang.outcome import Outcome
from policy.lang.report import Report
from policy.lang.secrecy import level_word
from policy.markdown import code, plain, table
from policy.messages.account import background, chased_line, counts_lines, exclusions, head_line, problem_line, problems_line, title_line, waiver_line
from policy.messages.changes import absent_lines, change_text, counts_line, difference_lines
from policy.messages.finding import due_text, status_text
from policy.messages.listing import HEADINGS, line
from policy.messages.order import by_bearer
from policy.messages.words import Bearer, Words
from policy.width import harmless

__all__ = ["paragraphs"]

_SHOWN = 20
"""Data problems listed one by one; beyond that somebody has to look at the file anyway."""
_PARTS = ("subject", "due", "reason", "evidence", "remedy")
"""What is said of a finding below its heading, by the column that a list has for it."""


def paragraphs(report: Report) -> Iterator[str]:
    """Headings, paragraphs, lists and tables, in their order."""
    words = Words(report)
    yield from _head(words)
    yield from _changes(words)
    yield f"## {_text(chased_line(words))}"
    for bearer, outcomes in by_bearer(words).items():
        yield from _bearer(bearer, outcomes, words)
    yield from _counts(words)
    yield from _listed(words.say("W38"), background(words))
    yield from _problems(words)
    yield from _listed(words.say("R84", count=len(report.waivers)), (waiver_line(one, words) for one in report.waivers))
    yield from _listed(words.say("R40"), exclusions(words))
    yield "---"
    yield _text(words.say("R90"))


def _text(said: str) -> str:
    return plain(harmless(said))


def _listed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and a list; nothing where there are no lines."""
    items = "\n".join(f"- {_text(one.strip())}" for one in lines)
    if items:
        yield f"## {_text(heading)}"
        yield items


def _head(words: Words) -> Iterator[str]:
    report = words.report
    if report.secrecy:
        yield f"**{_text(words.say('W33', mark=level_word(report.secrecy, words.language)))}**"
    yield f"# {_text(title_line(words))}"
    yield _text(head_line(words))


def _changes(words: Words) -> Iterator[str]:
    """What has changed since the earlier run that was named."""
    baseline = words.report.baseline
    if baseline is not None:
        lines = (counts_line(baseline, words), *difference_lines(baseline, words), *absent_lines(baseline, words))
        yield from _listed(words.say("W23"), lines)


def _problems(words: Words) -> Iterator[str]:
    problems = words.report.problems
    more = [words.say("R16", count=len(problems) - _SHOWN)] if len(problems) > _SHOWN else []
    yield from _listed(problems_line(words), [*(problem_line(one, words) for one in problems[:_SHOWN]), *more])


# --- what to chase ---------------------------------------------------------------------------------------------------


def _bearer(bearer: Bearer, outcomes: list[Outcome], words: Words) -> Iterator[str]:
    called = words.bearer(bearer)
    counts = words.counts(Counter(one.status for one in outcomes))
    yield f"### {_text(words.say('W32', title=called, name=counts))}"
    for number, outcome in enumerate(outcomes, 1):
        yield _finding(number, outcome, called, words)


def _finding(number: int, outcome: Outcome, bearer: str, words: Words) -> str:
    """An item of a numbered list, with one for each thing that there is to say of the finding."""
    told = line(outcome, bearer, words)
    status = "·".join(filter(None, (status_text(outcome, words), change_text(outcome, words))))
    said = told._asdict() | {"due": due_text(outcome, words)}
    indent = " " * (len(str(number)) + 2)
    items = [f"- {_text(words.say(HEADINGS[name]))}{_colon(words)}{_text(said[name])}" for name in _PARTS if said[name]]
    items.append(f"- {_text(words.say(HEADINGS['fingerprint']))}{_colon(words)}{code(told.fingerprint)}")
    head = f"{number}. **{_text(words.say('R50', status=status))}** {_text(words.say('R51', basis=told.basis, title=told.title, rule=told.rule))}"
    return "\n".join([head, *(indent + item for item in items)])


def _colon(words: Words) -> str:
    return "：" if words.language == "zh" else ": "


# --- counts ----------------------------------------------------------------------------------------------------------


def _counts(words: Words) -> Iterator[str]:
    """How many outcomes of which status each rule has."""
    report, total = words.report, words.report.totals()
    yield f"## {_text(words.say('R30'))}"
    if total:
        headings = [words.say("R31"), words.say("R32"), *(status_word(status, words.language) for status in total)]
        rows = [[rule, report.rules[rule].title, *(counts.get(status, "") for status in total)] for rule, counts in report.tally().items() if counts]
        yield table(list(map(_text, headings)), [[_text(str(cell)) for cell in row] for row in (*rows, [words.say("R33"), "", *total.values()])])
    yield from map(_text, counts_lines(words))
