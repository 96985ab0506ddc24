"""The page: what stands on it from top to bottom, on a screen and on paper alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

from policy.hooks.spec import Report
from policy.lang.keywords import spelling, status_word
from policy.lang.outcome import PROBLEMS, SEVERITIES, STATUSES, Outcome
from policy.lang.secrecy import level_word
from policy.messages.account import exclusions, inputs_read, parameter_text, problem_line, waiver_line
from policy.messages.changes import absent_lines, counts_line, difference_lines
from policy.messages.order import by_bearer
from policy.messages.words import Bearer, Words
from policy_html.findings import FEW, data
from policy_html.markup import element, escape, hashed, listed
from policy_html.pictures import pictures, rule_table
from policy_html.plain import plain_list

__all__ = ["page"]

_LINES = 3
"""So many lines of the account are seen at once; more are folded, on a screen."""

_PROBLEMS = 200
"""Data problems listed; beyond that somebody has to look at the file anyway."""

_NUMBERED = {"zh": '"— " counter(page) " —"', "en": 'counter(page) " / " counter(pages)'}
"""The number of a printed page: in Chinese as on official documents."""


def page(report: Report) -> Iterator[str]:
    """The page of a report, in pieces."""
    words = Words(report)
    groups = by_bearer(words)
    yield from _opening(words)
    yield from _head(words)
    yield "<main>"
    yield from _summary(words)
    yield from _findings(groups, words)
    yield "</main>\n"
    yield element("footer", element("p", escape(words.say("R90"))) + element("p", escape(words.say("H15", program=report.version)), class_="note"))
    yield from data(groups, words)
    yield element("script", _file("page.js")) + "\n</body>\n</html>\n"


def _opening(words: Words) -> Iterator[str]:
    style = _file("style.css") + _file("print.css") + _page_rule(words)
    policy = f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(_file('page.js'))}; base-uri 'none'; form-action 'none'"
    language = "zh-CN" if words.language == "zh" else "en"
    yield f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
    yield element("title", escape(_title(words))) + "\n" + element("style", style) + "\n</head>\n<body>\n"


def _page_rule(words: Words) -> str:
    """What stands in the margins of every printed page: the mark of secrecy and the number."""
    mark = f'@top-left {{ content: "{_mark(words)}"; }} ' if words.report.secrecy else ""
    number = f"content: {_NUMBERED[words.language]};"
    return f"@page {{ {mark}}} @page :right {{ @bottom-right {{ {number} }} }} @page :left {{ @bottom-left {{ {number} }} }}\n"


def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _title(words: Words) -> str:
    return words.say("B50" if words.report.window else "R10", title=words.report.pack_title or words.report.pack_id)


def _mark(words: Words) -> str:
    return level_word(words.report.secrecy or "", words.language)


# --- the head: what was checked, against what, and what is not in it --------------------------------------------------


def _head(words: Words) -> Iterator[str]:
    report = words.report
    if report.secrecy:
        yield element("div", escape(_mark(words)), class_="mark")
    basis = [
        ("H20", [words.say("H21", pack=report.pack_id, version=report.pack_version), *_extends(words)]),
        ("H22", [str(report.as_of), *_masked(report, words)]),
        ("H23", [report.unit] if report.unit else []),
        ("H24", [parameter_text(one, words) for one in report.parameters]),
        ("H25", list(inputs_read(words))),
    ]
    remarks = [
        ("H26", list(_problems(words))),
        ("R40", [*exclusions(words), *_not_due(words)]),
        ("H66", list(_baseline(words))),
        ("H27", [waiver_line(one, words) for one in report.waivers]),
    ]
    told = _entries(basis, words)
    if any(lines for _, lines in remarks):
        heading = element("h2", escape(words.say("H14")))
        told += element("div", heading + _entries(remarks, words), class_="remarks")
    yield element("header", element("h1", escape(_title(words))) + element("div", told, class_="account")) + "\n"


def _entries(entries: list[tuple[str, list[str]]], words: Words) -> str:
    said = (element("dt", escape(words.say(code))) + element("dd", _folded(lines, words)) for code, lines in entries if lines)
    return element("dl", "".join(said))


def _extends(words: Words) -> Iterator[str]:
    if words.report.pack_extends:
        yield words.say("R37", packs=words.listed(f"{id} {version}" for id, version in words.report.pack_extends))


def _masked(report: Report, words: Words) -> Iterator[str]:
    if report.mask != "none":
        yield words.say("M01" if report.mask == "names" else "M02").strip()


def _problems(words: Words) -> Iterator[str]:
    problems = words.report.problems
    errors = sum(problem.error for problem in problems)
    if problems:
        yield words.say("R15", count=len(problems), errors=errors, remarks=len(problems) - errors)
    for problem in problems[:_PROBLEMS]:
        yield problem_line(problem, words)
    if len(problems) > _PROBLEMS:
        yield words.say("R16", count=len(problems) - _PROBLEMS)


def _baseline(words: Words) -> Iterator[str]:
    baseline = words.report.baseline
    if baseline is not None:
        yield counts_line(baseline, words)
        yield from difference_lines(baseline, words)
        yield from absent_lines(baseline, words, _PROBLEMS)


def _not_due(words: Words) -> Iterator[str]:
    """What a list of what falls due cannot have."""
    window = words.report.window
    counts = {"B60": window.undated, "B61": window.waiting} if window is not None else {}
    yield from (words.say(code, count=count) for code, count in counts.items() if count)


def _folded(lines: list[str], words: Words) -> str:
    """One line as it is; several as a list, of which the first is seen and the others are unfolded on demand."""
    if len(lines) <= _LINES:
        return listed(lines) if len(lines) > 1 else escape(lines[0])
    summary = element("summary", escape(lines[0]) + " " + element("span", escape(words.say("H28", count=len(lines) - 1)), class_="more"))
    return element("details", summary + listed(lines[1:]))


# --- the summary ------------------------------------------------------------------------------------------------------


def _summary(words: Words) -> Iterator[str]:
    report = words.report
    total = Counter(outcome.status for outcome in report.listed())
    body = element("h2", escape(words.say("H11"))) + element("p", escape(_told(words)), class_="told")
    if report.window is None:
        counted = words.say("R35" if report.outcomes else "R36", count=len(report.outcomes), rules=len(report.rules), counts=words.counts(_total(report)))
        body += element("p", escape(counted), class_="counted")
    body += _tiles(total, words) + element("div", pictures(words), class_="pictures")
    if report.window is None:
        rules = element("summary", escape(words.say("H12", count=len(report.rules)))) + rule_table(words)
        body += element("details", rules, class_="rules")
    yield element("section", body, id="summary") + "\n"


def _total(report: Report) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in report.tally().values():
        total.update(counts)
    return total


def _told(words: Words) -> str:
    """In a sentence, how much there is to do."""
    report = words.report
    if report.window is not None:
        late = sum(outcome.due < report.as_of for outcome in report.outcomes)
        coming = len(report.outcomes) - late
        return words.say("B52" if late or coming else "B53", late=late, coming=coming, until=report.window.until)
    chased = list(report.outcomes.having(PROBLEMS))
    bearers = {outcome.bearer for outcome in chased if outcome.bearer is not None}
    return words.say("R21", count=len(chased), bearers=len(bearers)) if chased else words.say("R20")


def _tiles(total: Counter[str], words: Words) -> str:
    """The numbers of what is listed, each of which shows its findings alone."""
    made = ""
    for status in STATUSES if words.report.all_outcomes else PROBLEMS:
        if total[status]:
            said = element("b", str(total[status])) + element("span", escape(status_word(status, words.language)))
            made += element("button", said, type="button", class_=f"tile {status}", data_status=STATUSES.index(status), aria_pressed="false")
    return element("div", made, class_="tiles", role="group", aria_label=words.say("H60"))


# --- the findings -----------------------------------------------------------------------------------------------------


def _findings(groups: dict[Bearer, list[Outcome]], words: Words) -> Iterator[str]:
    if not groups:
        return
    count = sum(map(len, groups.values()))
    body = element("h2", escape(words.say("H13"))) + _filters(words, count > FEW) + element("p", "", id="said", role="status")
    yield f'<section id="list">{body}{_table(words)}'
    yield element("div", plain_list(groups, words) if count <= FEW else element("p", escape(words.say("H94", count=count))), id="plain")
    yield "</section>\n"


def _filters(words: Words, packed: bool) -> str:
    """The conditions; what is packed is not searched."""
    severities = [("", words.say("H67")), *((str(rank), spelling(name.upper(), words.language)) for rank, name in enumerate(SEVERITIES))]
    every = element("option", escape(words.say("H67")), value="")
    fields = [
        ("H61", f'<input id="text" type="search" autocomplete="off" placeholder="{escape(words.say("H79" if packed else "H78"))}">'),
        ("H62", '<input id="bearer" type="search" list="bearers" autocomplete="off"><datalist id="bearers"></datalist>'),
        ("H63", element("select", every, id="article")),
        ("H64", element("select", every, id="rule")),
        ("H66", element("select", every, id="change")),
        ("H65", element("select", "".join(element("option", escape(word), value=value) for value, word in severities), id="severity")),
    ]
    labels = "".join(element("label", element("span", escape(words.say(code))) + field) for code, field in fields)
    buttons = element("button", escape(words.say("H68")), type="reset") + element("button", escape(words.say("H69")), type="button", id="print")
    return element("form", labels + element("div", buttons, class_="buttons"), id="filters", role="search")


def _table(words: Words) -> str:
    """The list on the screen, which the script fills; and the one on paper."""
    heads = (("H101", "status"), ("H102", "article"), ("H103", None), ("H104", "bearer"), ("H105", "due"))
    made = ""
    for code, sort in heads:
        head = escape(words.say(code))
        button = element("button", head, type="button", class_="sort") if sort else head
        made += element("th", button, scope="col", data_sort=sort, class_="owner" if sort == "bearer" else None)
    screen = element("table", element("thead", element("tr", made)) + element("tbody", "", id="rows"), id="findings")
    turn = element("button", escape(words.say("H106")), type="button", id="before") + element("span", "", id="page")
    turn += element("button", escape(words.say("H107")), type="button", id="after")
    paper = element("thead", element("tr", "".join(element("th", escape(words.say(code)), scope="col") for code in
                    ("H108", "H101", "H111", "H105", "H109"))))  # fmt: skip
    printed = element("table", paper, id="print-rows") + element("p", "", id="print-cut")
    return screen + element("nav", turn, id="pages", aria_label=words.say("H110")) + element("div", printed, id="paper")
