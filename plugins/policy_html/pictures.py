"""Bars drawn with SVG, each beside its numbers in words: whoever cannot see the picture reads the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from policy.lang.keywords import spelling, status_word
from policy.lang.outcome import PROBLEMS, SEVERITIES, STATUSES
from policy.messages.finding import subject_part
from policy.messages.words import Words
from policy_html.figures import AGES, Coverage, ages, coverage
from policy_html.markup import element, escape, table

__all__ = ["pictures", "rule_table"]

_RULES = 10
"""Rules in the picture: those with the most findings."""

_PERIODS = 8
"""Periods in the picture: those furthest behind the time."""


class Bar(NamedTuple):
    """Parts from left to right, of 1 in all, each with the class that gives its colour; the same in words; and where the line of the time stands."""

    parts: Iterable[tuple[str, float]]
    words: str = ""
    line: float | None = None


def pictures(words: Words) -> str:
    """The three figures, those of which there is something to show; a list of what falls due knows nothing of what is done already."""
    return _ages(words) if words.report.window is not None else _by_rule(words) + _coverage(words) + _ages(words)


# --- how each rule stands --------------------------------------------------------------------------------------------


def _by_rule(words: Words) -> str:
    counts = words.report.tally()
    found = {rule: sum(counts[rule].get(status, 0) for status in PROBLEMS) for rule in counts}
    worst = sorted((rule for rule in counts if found[rule]), key=lambda rule: -found[rule])[:_RULES]
    rows = []
    for rule in worst:
        bar = Bar([(status, counts[rule].get(status, 0) / found[worst[0]]) for status in PROBLEMS], words.counts(counts[rule]))
        rows.append(_row(words.report.rules[rule].title, bar, words.say("H31", found=found[rule], total=sum(counts[rule].values()))))
    legend = [status for status in PROBLEMS if any(counts[rule].get(status) for rule in worst)]
    return _figure(words, "H30", "H32", rows, [(status, status_word(status, words.language)) for status in legend])


def rule_table(words: Words) -> str:
    """Every rule with its numbers by status."""
    counts = words.report.tally()
    statuses = [status for status in STATUSES if any(one.get(status) for one in counts.values())]
    heads = [words.say("R31"), words.say("R32"), *(status_word(status, words.language) for status in statuses)]
    rows = []
    for rule, one in counts.items():
        cells = [element("td", escape(rule)), element("td", escape(words.report.rules[rule].title))]
        cells += [element("td", str(one.get(status) or "·"), class_="number") for status in statuses]
        rows.append(element("tr", "".join(cells)))
    return table(heads, rows, class_="counts")


# --- periods against the time ----------------------------------------------------------------------------------------


def _coverage(words: Words) -> str:
    found = coverage(words.report)
    rows = [_period(one, words) for one in found[:_PERIODS]]
    more = [words.say("H36", count=len(found) - _PERIODS)] if len(found) > _PERIODS else []
    legend = [("met", words.say("H37")), ("behind", words.say("H39")), ("time", words.say("H38"))]
    return _figure(words, "H33", "H35", rows, legend, more, class_="stacked")


def _period(one: Coverage, words: Words) -> str:
    rule, period = words.report.rules[one.period.rule], one.period
    whose = words.bearer(one.bearer) if one.bearer else subject_part(rule.binders[period.binder], period.key, words)
    days = words.say("H40" if period.first else "H41", first=period.first, last=period.last)
    share = one.met / one.owed
    passed = words.say("H42", part=f"{one.passed:.0%}") if one.passed is not None else words.say("H43")
    said = words.say("H34", met=one.met, owed=one.owed, part=f"{share:.0%}", passed=passed)
    behind = "behind" if one.passed is not None and share < one.passed else "met"
    return _row(f"{rule.title} · {whose}", Bar([(behind, share)], said, one.passed), said, days)


# --- how long overdue ------------------------------------------------------------------------------------------------


def _ages(words: Words) -> str:
    counts = ages(words.report)
    most = max(map(sum, (one.values() for one in counts)), default=0)
    if not most:
        return ""
    names = {severity: spelling(severity.upper(), words.language) for severity in SEVERITIES}
    rows = []
    for (first, last), one in zip(AGES, counts):
        told = words.listed(f"{names[severity]} {one[severity]}" for severity in SEVERITIES if one[severity])
        bar = Bar([(severity, one[severity] / most) for severity in SEVERITIES], told)
        rows.append(_row(words.say("H52" if last else "H53", first=first, last=last), bar, str(one.total())))
    return _figure(words, "H50", "H51", rows, [(name, word) for name, word in names.items() if any(one[name] for one in counts)])


# --- drawing ---------------------------------------------------------------------------------------------------------


def _figure(words: Words, title: str, note: str, rows: list[str], legend: list[tuple[str, str]], more: Iterable[str] = (), **attributes: str) -> str:
    if not rows:
        return ""
    keys = "".join(element("li", _swatch(name) + escape(word)) for name, word in legend)
    notes = "".join(element("p", escape(text), class_="note") for text in (words.say(note), *more))
    body = element("h3", escape(words.say(title))) + element("ul", "".join(rows), class_="bars") + element("ul", keys, class_="legend")
    return element("figure", body + element("figcaption", notes), **attributes)


def _row(label: str, bar: Bar, said: str, more: str = "") -> str:
    """A bar between what it is about and its numbers; `more` stands below."""
    beside = element("span", escape(label), class_="label") + _svg(bar) + element("span", escape(said), class_="said")
    return element("li", beside + (element("span", escape(more), class_="more") if more else ""))


def _svg(bar: Bar) -> str:
    drawn, left = "", 0.0
    for name, share in bar.parts:
        if share:
            drawn += f'<rect class="{name}" x="{left * 100:.2f}" width="{share * 100:.2f}" height="10"/>'
            left += share
    if bar.line is not None:
        drawn += f'<line class="time" x1="{bar.line * 100:.2f}" x2="{bar.line * 100:.2f}" y2="10"/>'
    said = f'role="img" aria-label="{escape(bar.words)}"' if bar.words else 'aria-hidden="true"'
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" {said}>{drawn}</svg>'


def _swatch(name: str) -> str:
    shape = '<line class="time" x1="5" x2="5" y2="10"/>' if name == "time" else f'<rect class="{name}" width="10" height="10"/>'
    return f'<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">{shape}</svg>'
