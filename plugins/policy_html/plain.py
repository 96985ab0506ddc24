"""The findings as a table for browsers that run no script, or not this one."""

from __future__ import annotations

from collections import Counter

from policy.lang.outcome import Outcome
from policy.messages.changes import change_text
from policy.messages.finding import colour, due_text, found_by, places_text, reasons, remedy, status_text, subject_text
from policy.messages.words import Bearer, Words
from policy_html.markup import element, escape, table

__all__ = ["plain_list"]


def plain_list(groups: dict[Bearer, list[Outcome]], words: Words) -> str:
    """All findings by bearer, in the columns of the printed list."""
    rows = []
    for bearer, outcomes in groups.items():
        counts = words.counts(Counter(one.status for one in outcomes))
        heading = escape(words.bearer(bearer)) + element("span", escape(counts), class_="counts")
        rows.append(element("tr", element("th", heading, colspan=5, scope="rowgroup"), class_="group"))
        rows += [_row(one, words) for one in outcomes]
    return table([words.say(code) for code in ("H101", "H102", "H103", "H105", "H109")], rows)


def _row(outcome: Outcome, words: Words) -> str:
    title = words.say("R51", basis=words.listed(outcome.basis), title=words.report.rules[outcome.rule].title, rule=outcome.rule)
    said = [*reasons(outcome, words), *found_by(outcome, words), places_text(outcome, words)]
    if remedy(outcome, words):
        said.append(words.say("R59", remedy=remedy(outcome, words)))
    chip = element("span", escape(status_text(outcome, words)), class_=f"chip {colour(outcome) or outcome.status}")
    chip += element("span", escape(change_text(outcome, words)), class_="change")
    cells = [chip, escape(title), escape(subject_text(outcome, words)), escape(due_text(outcome, words)), "<br>".join(map(escape, filter(None, said)))]
    return element("tr", "".join(element("td", cell) for cell in cells))
