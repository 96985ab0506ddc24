"""The report as a page: 400,000 findings, written, opened in headless Chromium, filtered, sorted and opened one by one.

The findings are those of the sample county over and over, each copy with keys, rows, days and fingerprints of its own, so that a page of them can be
packed no better than one of a province. Their proofs are the county's. Chromium and its driver have to be installed.
"""

from __future__ import annotations

import datetime
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import attrs
from timing import child, machine, policy_command, print_table, process

from policy import pipeline
from policy.cli.judging import DEFAULT_PACK
from policy.hooks.manager import load_plugins
from policy.lang.outcome import Outcome
from policy.lang.report import Report

FINDINGS = 400_000
BEARERS = 3_200
"""As many as the country has local committees."""

ROUNDS = 3
GOAL_SIZE, GOAL_OPEN = 20, 3.0
DAY = datetime.date(2026, 11, 23)
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--window-size=1280,1600")


def county(folder: str) -> Report:
    """The report on the sample county."""
    plugins = load_plugins()
    pack = pipeline.load_pack(pipeline.find_pack(DEFAULT_PACK, plugins), plugins, cases=False).pack
    reading = pipeline.read([f"{folder}/csv"], plugins)
    rules = pipeline.find_rules(pack, DAY, (), ())
    request = pipeline.Request(DAY, pipeline.find_calendar(pack, plugins), "zh", {}, rules, keep_going=True)
    return pipeline.check(pack, reading, request, plugins)


def many(report: Report, count: int) -> Report:
    """A report of so many findings."""
    found, draw = list(report.listed()), random.Random(1)
    outcomes, like, names = [], {}, dict(report.names)
    for number in range(count):
        copy = _copy(found[number % len(found)], number // len(found), draw)
        like[copy.fingerprint] = found[number % len(found)]
        outcomes.append(copy)
    for bearer in {outcome.bearer for outcome in outcomes if outcome.bearer}:
        names[bearer] = f"{report.names.get((bearer[0], bearer[1].partition('-')[0]), '')}{bearer[1].partition('-')[2]}"
    order = {rule: number for number, rule in enumerate(report.rules)}
    outcomes.sort(key=lambda outcome: order[outcome.rule])
    prove = report.proof
    return attrs.evolve(report, outcomes=outcomes, names=names, proof=lambda outcome: prove(like[outcome.fingerprint]), periods=tuple)


def _copy(one: Outcome, copy: int, draw: random.Random) -> Outcome:
    moved = datetime.timedelta(draw.randrange(300))
    keys = {str(key): f"{key}-{draw.randrange(10**6):06}" for _, key in one.subject if isinstance(key, str)}
    rows = tuple(attrs.evolve(row, key=keys.get(row.key, f"{row.key}-{copy}"), row=row.row and draw.randrange(2, 10**6)) for row in one.evidence)
    return attrs.evolve(
        one,
        subject=tuple((binder, keys.get(str(key), key)) for binder, key in one.subject),
        bearer=one.bearer and (one.bearer[0], f"{one.bearer[1]}-{copy % (BEARERS // 31)}"),
        due=one.due and one.due - moved,
        due_unrolled=one.due_unrolled and one.due_unrolled - moved,
        fulfilled=one.fulfilled and one.fulfilled - moved,
        message=re.sub(r"\d{4}-\d\d-\d\d", lambda day: str(datetime.date.fromisoformat(day[0]) - moved), one.message),
        evidence=rows,
        fingerprint=f"{draw.getrandbits(64):016x}",
    )


def write(folder: str, count: int) -> None:
    """Write the page and print the seconds; the findings are made before."""
    report = many(county(folder), count)
    reporter = next(one for one in load_plugins().reporters if one.name == "html")
    start = time.perf_counter()
    with Path(folder, "report.html").open("wb") as stream:
        reporter.write(report, stream, colour=False)
    print(time.perf_counter() - start)


# --- in the browser --------------------------------------------------------------------------------------------------

_WORKS = {
    "open": "",
    "search a text": "by('text').value = 'T028-12'; choose(); return shown.length",
    "filter by status": "by('text').value = ''; chosen.statuses.add(1); choose(); return shown.length",
    "sort by due day": "chosen.statuses.clear(); chosen.sort = 'due'; choose(); return shown.length",
    "open a finding": "document.querySelector('.open').click()",
}  # fmt: skip
_DONE = {
    "open": "return document.documentElement.classList.contains('ready')",
    "open a finding": "return document.querySelector('.detail') !== null",
}


def browse(page: Path) -> Iterator[tuple[str, float]]:
    """The seconds of each step, in a browser of its own, until what it shows stands there."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in FLAGS:
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver") or "chromedriver"))
    try:
        browser.get("about:blank")
        for name, script in _WORKS.items():
            start = time.perf_counter()
            browser.execute_script(script) if script else browser.get(page.as_uri())
            _until(lambda done=_DONE.get(name, "return true"): browser.execute_script(done))
            yield name, time.perf_counter() - start
    finally:
        browser.quit()


def _until(done: Callable[[], bool]) -> None:
    while not done():
        time.sleep(0.01)


def main() -> None:
    """Write the page, look at it and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        process([policy_command(), "sample", "-o", folder, "--format", "csv"])
        written = child([sys.executable, __file__, folder, str(FINDINGS)])
        page = Path(folder, "report.html")
        size = page.stat().st_size / 2**20
        taken: dict[str, list[float]] = {name: [] for name in _WORKS}
        for _ in range(ROUNDS):
            for name, seconds in browse(page):
                taken[name].append(seconds)
    print(machine(ROUNDS))
    goals = {"open": f"≤ {GOAL_OPEN}"}
    rows = [("write", f"{float(written.output):.1f}", ""), *((name, f"{median(values):.2f}", goals.get(name, "")) for name, values in taken.items())]
    print(f"{FINDINGS:,} findings: {size:.1f} MiB (goal: < {GOAL_SIZE}), {written.peak:.0f} MiB held while writing, the findings among them")
    print_table((f"{FINDINGS:,} findings", "s", "goal"), rows)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        write(sys.argv[1], int(sys.argv[2]))
    else:
        main()
