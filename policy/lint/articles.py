"""What rules make of the articles that they cite: the same one read in two ways, and periods that do not stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy.lang import ast, ir
from policy.lang.numerals import chinese_number
from policy.lang.places import Place, settled
from policy.lang.regulation import Regulation
from policy.lang.types import Period
from policy.lang.walk import walk
from policy.lint.found import Found, View, found

__all__ = ["ARTICLES"]


def _two_readings(view: View) -> Iterator[Found]:
    """Rules that cite the same places and require the same of the same, and differ in the rest."""
    first: dict[tuple, ir.Rule] = {}
    for rule in view.pack.rules:
        if not rule.citations:
            continue
        before = first.setdefault((frozenset(rule.citations), rule.binders, rule.duty), rule)
        if before is not rule and rule.id in view.rules:
            where = view.rules[rule.id]
            related = ()
            if before.id in view.rules:
                source, _, declaration = view.rules[before.id]
                related = ((source, declaration.id.span, "first"),)
            yield found("L106", where, where[2].id.span, before.id, name=rule.id, other=before.id, related=related)


# --- periods ---------------------------------------------------------------------------------------------------------

_NUMBER = r"([0-9〇零一二两三四五六七八九十百]+)"
_PERIOD = re.compile(rf"{_NUMBER}\s*(?:(个月)|(个?工作日)|(年)(?:以内|之内|内)|([日天])(?:以内|之内|内))")


def _periods(text: str) -> set[Period]:
    """The periods in the words of an article: `一个月`, `30日内`, `五个工作日`; no dates, no `每年`."""
    found: set[Period] = set()
    for match in _PERIOD.finditer(text):
        number, months, workdays, years, _ = match.groups()
        unit = "months" if months or years else "workdays" if workdays else "days"
        found.add(Period(chinese_number(number) * (12 if years else 1), unit))
    return found


def _text(place: Place, regulation: Regulation) -> str:
    """The words of a place."""
    article, suffix, paragraph, item = settled(place, regulation)
    one = regulation.articles.get((article, suffix))
    if one is None:
        return ""
    paragraphs = one.paragraphs if paragraph is None else one.paragraphs[paragraph - 1 : paragraph]
    if item is not None:
        return "".join(part.items[item - 1] for part in paragraphs if len(part.items) >= item)
    return "\n".join("\n".join((part.text, *part.items)) for part in paragraphs)


def _other_period(view: View) -> Iterator[Found]:
    """Due days that are reckoned in another unit, or by another number, than the cited articles have."""
    for rule in view.pack.rules:
        if rule.due is None or rule.id not in view.rules or view.pack.regulation is None:
            continue
        stated = {period for place in rule.citations for period in _periods(_text(place, view.pack.regulation))}
        where = view.rules[rule.id]
        clause = next((one for one in where[2].clauses if isinstance(one, ast.DueClause)), None)
        for period, literal in _reckoned(rule, view.pack) if stated and clause is not None else ():
            written = {"period": _told(period), "stated": _told(*sorted(stated))}
            if period.unit not in {one.unit for one in stated}:
                yield found("L108", where, clause.span, where[0].text[slice(*clause.span)], clause, **written)
            elif literal and period not in stated:
                yield found("L109", where, clause.span, where[0].text[slice(*clause.span)], clause, **written)


def _reckoned(rule: ir.Rule, pack: ir.Pack) -> Iterator[tuple[Period, bool]]:
    """The periods of a due day, through `let`s, and whether they are written down there."""
    lets, waiting = dict(rule.lets), [rule.due.unrolled]
    while waiting:
        for part in walk(waiting.pop()):
            if isinstance(part, ir.Let):
                waiting.append(lets[part.name])
            elif isinstance(part, ir.Const) and isinstance(part.value, Period):
                yield part.value, True
            elif isinstance(part, ir.Param) and isinstance(pack.parameters[part.name].default, Period):
                yield pack.parameters[part.name].default, False


def _told(*periods: Period) -> str:
    return "@periods:" + "\n".join(f"{one.amount} {one.unit}" for one in periods)


ARTICLES = (_two_readings, _other_period)
