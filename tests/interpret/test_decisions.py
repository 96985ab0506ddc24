"""What becomes of waivers and attestations: those that count, and a remark on each of the others."""

from __future__ import annotations

import datetime

import pytest

from policy.check import Layer, check_pack
from policy.interpret import judge
from policy.lang.dates import WEEKENDS
from policy.lang.facts import Facts, Origin, Row
from policy.parse import parse_file
from policy.source import Source

PACK = """
pack decisions version "1" end
entity unit id : text key good : bool optional end
enum step first "第一步" second "第二步" end
rule D-1 "good" basis "test" for each unit must unit.good otherwise fail "x" end
rule D-2 "per step" basis "test" for each unit, step must unit.good otherwise fail "x" end
rule D-3 "attested" basis "test" for each unit attest "is it so" valid 1 year otherwise warn "x" end
"""
DAY = datetime.date(2026, 6, 30)
ORIGIN = Origin("waivers.toml", None, {})
WAIVER = {"id": "W1", "rule": "D-1", "subject": "U1", "reason": "r", "approver": "a", "date": "2026-01-01", "valid_until": None, "document": None}
SIGNED = {"id": "A1", "rule": "D-3", "subject": "U1", "conclusion": True, "by": "b", "date": "2026-01-01", "valid_until": None, "basis": None}


def row(entity, fields):
    values = [datetime.date.fromisoformat(value) if value and name in ("date", "valid_until") else value for name, value in fields.items()]
    return Row(entity, fields["id"], tuple(values), ORIGIN, 7)


def judged(*waivers, signed=(), rules=None):
    source = Source("test.policy", PACK)
    pack, mistakes = check_pack([Layer([(source, parse_file(source)[0])], {})], {}, "")
    assert mistakes == ()
    units = tuple(Row("unit", key, (key, good), Origin("unit.csv", None, {}), 2) for key, good in (("U1", False), ("U2", True)))
    tables = {
        "unit": units,
        "waiver": tuple(row("waiver", WAIVER | one) for one in waivers),
        "attestation": tuple(row("attestation", SIGNED | one) for one in signed),
    }
    return judge(pack, Facts(tables), DAY, {}, WEEKENDS, {}, rules)


def status(judgement, rule="D-1", subject="U1"):
    return next(one.status for one in judgement.outcomes if (one.rule, one.subject_text) == (rule, subject))


def remarks(judgement):
    return [(one.code, one.key, one.missing, one.other) for one in judgement.notices]


def test_the_rule_may_be_written_in_wide_characters():
    judgement = judged({"rule": "Ｄ－１ "})
    assert (status(judgement), judgement.waivers[0].rule) == ("excused", "D-1")


def test_a_waiver_that_counts_is_listed_with_all_that_it_says():
    judgement = judged({"valid_until": "2026-06-30", "document": "No. 3"})
    assert (status(judgement), judgement.notices) == ("excused", ())
    (waiver,) = judgement.waivers
    assert (waiver.key, waiver.rule, waiver.subject, waiver.reason, waiver.approver) == ("W1", "D-1", "U1", "r", "a")
    assert (waiver.date, waiver.valid_until, waiver.document) == (datetime.date(2026, 1, 1), DAY, "No. 3")
    assert (waiver.file, waiver.sheet, waiver.row) == ("waivers.toml", None, 7)


@pytest.mark.parametrize(
    ("fields", "remark"),
    [
        ({"reason": None}, ("waiver_refused", "W1", ("waiver.reason",), "")),
        ({"approver": None, "date": None}, ("waiver_refused", "W1", ("waiver.approver", "waiver.date"), "")),
        ({"rule": None, "subject": None}, ("waiver_refused", "W1", ("waiver.rule", "waiver.subject"), "")),
        ({"reason": None, "date": "2026-07-01"}, ("waiver_refused", "W1", ("waiver.reason",), "")),
        ({"date": "2026-07-01"}, ("waiver_future", "W1", (), "2026-07-01")),
        ({"valid_until": "2026-06-29"}, ("waiver_lapsed", "W1", (), "2026-06-29")),
        ({"rule": "D1"}, ("waiver_unknown_rule", "W1", (), "D-1")),
        ({"rule": "nothing"}, ("waiver_unknown_rule", "W1", (), "")),
        ({"subject": "U9"}, ("waiver_unmatched", "W1", (), "")),
        ({"subject": "U1,first"}, ("waiver_unmatched", "W1", (), "")),
    ],
)
def test_a_waiver_that_does_not_count(fields, remark):
    judgement = judged(fields)
    assert (status(judgement), remarks(judgement), judgement.waivers) == ("violated", [remark], ())
    assert [(one.file, one.row) for one in judgement.notices] == [("waivers.toml", 7)]


def test_a_waiver_that_nobody_needs():
    judgement = judged({"subject": "U2"})
    assert (status(judgement, subject="U2"), remarks(judgement)) == ("satisfied", [("waiver_unused", "W1", (), "")])


def test_two_waivers_for_one_outcome():
    judgement = judged({"id": "W2"}, {"id": "W1"})
    assert remarks(judgement) == [("waiver_double", "W2", (), "W1")]
    assert [one.key for one in judgement.waivers] == ["W1"]
    lapsed = judged({"id": "W1", "valid_until": "2026-01-02"}, {"id": "W2"})
    assert [code for code, *_ in remarks(lapsed)] == ["waiver_lapsed"] and status(lapsed) == "excused"


def test_a_member_of_an_enum_by_its_label():
    judgement = judged({"rule": "D-2", "subject": "U1、第二步"})
    assert (status(judgement, "D-2", "U1,second"), status(judgement, "D-2", "U1,first")) == ("excused", "violated")


def test_nothing_is_said_of_rules_that_were_not_run():
    assert judged({}, rules={"D-2"}).waivers == ()
    waivers = ({"id": "W1", "reason": None}, {"id": "W2", "rule": "D9"}, {"id": "W3", "rule": "D-2", "subject": "U1,first"})
    assert [one.key for one in judged(*waivers, rules={"D-2"}).notices] == ["W2"]


@pytest.mark.parametrize(
    ("fields", "remark"),
    [
        ({"by": None}, ("attestation_refused", "A1", ("attestation.by",), "")),
        ({"conclusion": None}, ("attestation_refused", "A1", ("attestation.conclusion",), "")),
        ({"date": "2026-07-01"}, ("attestation_future", "A1", (), "2026-07-01")),
        ({"valid_until": "2026-02-01"}, ("attestation_lapsed", "A1", (), "2026-02-01")),
        ({"date": "2025-03-31"}, ("attestation_lapsed", "A1", (), "2026-03-31")),
        ({"rule": "D-33"}, ("attestation_unknown_rule", "A1", (), "D-3")),
        ({"rule": "D-1"}, ("attestation_unmatched", "A1", (), "")),
        ({"subject": "U8"}, ("attestation_unmatched", "A1", (), "")),
    ],
)
def test_an_attestation_that_does_not_count(fields, remark):
    judgement = judged(signed=[fields])
    assert (status(judgement, "D-3"), remarks(judgement)) == ("attest", [remark])


def test_the_newest_attestation_decides_and_older_ones_are_no_remark():
    judgement = judged(signed=[{"conclusion": False, "date": "2026-05-01"}, {"id": "A2"}])
    assert (status(judgement, "D-3"), judgement.notices) == ("violated", ())
    assert status(judged(signed=[{"conclusion": False}]), "D-3") == "violated"
