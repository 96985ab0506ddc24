"""A county's records give the same outcomes in whatever form they come, and come from several at once."""

from __future__ import annotations

import datetime
import shutil

import attrs
import pytest

from policy import pipeline
from policy.hooks.manager import load_plugins
from policy.testing.conformance import sample_tables, source_differences
from tests.tables import write_tables

AS_OF = datetime.date(2026, 9, 30)
FORMS = ("csv", "json", "jsonl", "sqlite", "duckdb")


@pytest.fixture(scope="module")
def plugins():
    return load_plugins()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sample in every form."""
    folder = tmp_path_factory.mktemp("county")
    for form in FORMS:
        write_tables(folder / f"county.{form}", sample_tables())
    return folder


@pytest.fixture(scope="module")
def check(folder, plugins):
    """Judges the sample in some of its forms; gives the report."""
    loaded = pipeline.load_pack(pipeline.find_pack("supervision_talks", plugins), plugins, cases=False)

    def check(*forms: str):
        reading = pipeline.read([str(folder / f"county.{form}") for form in forms], plugins)
        request = pipeline.Request(AS_OF, pipeline.find_calendar(loaded.pack, plugins), "en", keep_going=True, all_outcomes=True)
        return pipeline.check(loaded.pack, reading, request, plugins)

    return check


def outcomes(report):
    """The outcomes without the places of their evidence."""
    return [attrs.evolve(outcome, evidence=tuple((row.entity, row.key) for row in outcome.evidence)) for outcome in report.outcomes]


@pytest.mark.parametrize("form", FORMS[1:])
def test_every_form_gives_the_same_outcomes(form, folder, tmp_path):
    written = folder / f"county.{form}"
    copy = shutil.copytree if written.is_dir() else shutil.copyfile
    assert source_differences(lambda path, tables: copy(written, path), tmp_path / written.name) == []


@pytest.mark.parametrize("form", FORMS[1:])
def test_evidence_names_the_table_where_a_file_has_several(check, form):
    other = check(form)
    sheets = {row.sheet for outcome in other.outcomes for row in outcome.evidence if row.file}
    assert sheets == {None} if form.startswith("json") else {"talk", "report"} <= sheets


def test_what_all_forms_have_is_read_once(check):
    one, all_of_them = check("csv"), check(*FORMS)
    assert outcomes(one) == outcomes(all_of_them)
    repeated = sum(note.startswith("repeated ") for read in all_of_them.inputs for note in read.notes)
    assert repeated == sum(read.rows > 0 for read in one.inputs) * (len(FORMS) - 1)
