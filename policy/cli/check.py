"""`policy check`: judge data with a pack and report."""

from __future__ import annotations

from functools import partial

import attrs

from policy import pipeline
from policy.cli import records
from policy.cli.arguments import Arguments, Flag
from policy.cli.data_reports import wanted, write_data_reports
from policy.cli.judging import JUDGING, Settled, ask, settle
from policy.cli.masks import FLAGS as MASK_FLAGS
from policy.cli.masks import masks
from policy.cli.outputs import read_outputs, write
from policy.cli.screen import Screen
from policy.cli.status import FLAGS as STATUS_FLAGS
from policy.cli.status import exit_status
from policy.hooks.manager import Plugins, load_plugins

__all__ = ["EXAMPLES", "FLAGS", "USAGE", "run"]

USAGE = "[DATA…]"
FLAGS = (
    *JUDGING,
    Flag("output", "U225", metavar="FORMAT[=FILE]", short="o", many=True, default="text"),
    Flag("all", "U227"),
    Flag("baseline", "U390", metavar="FILE"),
    Flag("notice-template", "U341", metavar="FILE"),
    *records.FLAGS,
    Flag("data-report", "U234", metavar="FORMAT=FILE", many=True),
    Flag("explain-plan", "U485"),
    *STATUS_FLAGS,
    *MASK_FLAGS,
)
EXAMPLES = (
    "policy check 谈话台账/",
    "policy check 台账.xlsx --as-of 2026-05-11 -o text -o json=report.json",
    "policy check",
    'policy check "postgresql://reader@server/ledger?schema=talks"',
    "policy check 台账.xlsx --data-report xlsx=数据问题.xlsx",
    'policy check data/ --set prompt_days="20 days" --select JDTH-11 --fail-on warn',
)


def run(arguments: Arguments, screen: Screen) -> int:
    """Judge the data and write the reports; 1 where there is something at or above `--fail-on`."""
    plugins = load_plugins()
    settled = settle(arguments, FLAGS, plugins, screen, need_data=not arguments["explain-plan"])
    if settled is None:
        return 2
    arguments = settled.arguments
    if arguments["explain-plan"]:
        return _explain_plan(settled, plugins, screen)
    outputs = read_outputs(arguments["output"], plugins, screen)
    data_reports = wanted(arguments["data-report"], plugins)
    baseline, template = arguments["baseline"], arguments["notice-template"]
    own = [file for file in (baseline, template, *records.own_files(arguments), *(file for _, file in outputs)) if file]
    every = bool(baseline) or records.wanted(arguments) or any(getattr(reporter, "every_outcome", False) for reporter, _ in outputs)
    asked = ask(settled, plugins, screen, apart=own, all_outcomes=arguments["all"], every_outcome=every)
    if asked is None:
        return 2
    masking = masks(arguments, [reporter for reporter, _ in outputs], screen)
    request = asked.request._replace(identify=bool(masking.secret), masking=masking.spoken)
    records.ready(arguments, asked.pack.id)
    before = pipeline.read_baseline(baseline, asked.pack.id) if baseline else None
    tell = partial(write_data_reports, reports=data_reports, plugins=plugins, screen=screen) if data_reports else None
    report = pipeline.check(asked.pack, asked.reading, request, plugins, tell)
    if before is not None:
        report = pipeline.against(report, before, baseline)
    report = attrs.evolve(report, notice_template=template)
    screen.failures(plugins.failures)
    for reporter, file in outputs:
        write(masking.report(report, reporter), reporter, plugins, file, screen)
    records.keep(report, arguments, asked, masking, plugins, screen)
    return exit_status(report, arguments, screen)


def _explain_plan(settled: Settled, plugins: Plugins, screen: Screen) -> int:
    """Print what the engine for many rows would ask of the database: what rules share, and then each rule's query. Data are not looked at."""
    asked = ask(settled, plugins, screen, read=False)
    if asked is None:
        return 2
    plan = pipeline.plan(asked.pack, asked.request, plugins)
    for relation in plan.relations:
        screen.print("U486", name=relation.name, rules=", ".join(relation.rules))
        print(f"{relation.sql};\n", file=screen.out)
    for number, step in enumerate(plan.steps, 1):
        screen.print("U487", rule=step.rule, number=number, count=len(plan.steps), reads=", ".join(step.reads))
        print(f"{step.sql};\n", file=screen.out)
    return 0
