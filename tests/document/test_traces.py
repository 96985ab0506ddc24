"""Traceability: what carries each article, paragraph and item, and that nothing is left out."""

from __future__ import annotations

from policy.document import traces, unplaced
from policy.lang import ir
from policy.lang.document import Trace
from policy.lang.places import Place
from tests.check.packs import check, pack
from tests.document.packs import handbook


def carried(made: ir.Pack) -> dict[str, Trace]:
    """The traces of a pack by place: `2.2.1` is item 1 of paragraph 2 of article 2."""
    return {_key(trace.place): trace for trace in traces(made)}


def _key(place: Place) -> str:
    article, suffix, *inside = place
    return ".".join([str(article) if suffix is None else f"{article}-{suffix}", *(str(number) for number in inside if number)])


def rule(id: str, basis: str) -> str:
    return f'rule {id} "t" basis {basis} for each talk must talk.place is filled otherwise fail "bad" end\n'


def reason(places: str, why: str) -> str:
    return f'no rule for {places} because "{why}" end\n'


def rules_of(*texts: str) -> dict[str, tuple[str, ...]]:
    return {place: trace.rules for place, trace in carried(pack(*texts)).items()}


def test_every_place_is_there_in_order() -> None:
    assert list(carried(pack())) == ["11", "11.1", "11.2", "11.2.1", "11.2.2", "11.2.3", "20-1", "20-1.1"]
    assert all(trace.gap for trace in traces(pack()))


def test_a_rule_on_an_article_carries_all_of_it() -> None:
    assert rules_of(rule("A", "article 11")) == {
        "11": ("A",), "11.1": ("A",), "11.2": ("A",), "11.2.1": ("A",), "11.2.2": ("A",), "11.2.3": ("A",),
        "20-1": (), "20-1.1": (),
    }  # fmt: skip


def test_a_rule_on_a_paragraph_carries_the_items_that_no_rule_cites_for_themselves() -> None:
    found = rules_of(rule("P", "article 11 paragraph 2"), rule("I", "article 11 item 2"))
    assert found == {
        "11": ("P", "I"), "11.1": (), "11.2": ("P", "I"), "11.2.1": ("P",), "11.2.2": ("I",), "11.2.3": ("P",),
        "20-1": (), "20-1.1": (),
    }  # fmt: skip


def test_a_rule_on_an_item_carries_the_paragraph_that_leads_to_it() -> None:
    found = rules_of(rule("I", "article 11 paragraph 2 item 2"))
    assert (found["11.2"], found["11.2.1"], found["11.2.2"]) == (("I",), (), ("I",))


def test_the_only_paragraph_of_an_article_is_the_article() -> None:
    assert rules_of(rule("A", "article 20-1"), rule("P", "article 20-1 paragraph 1"))["20-1.1"] == ("A", "P")


def test_rules_stand_in_the_order_of_the_pack_once() -> None:
    found = rules_of(rule("B", "article 11 paragraph 1, article 11 paragraph 1"), rule("A", "article 11 paragraph 1"))
    assert found["11.1"] == ("B", "A")


def test_a_reason_covers_what_has_no_rule() -> None:
    found = carried(pack(rule("P", "article 11 paragraph 1"), reason("article 11", "why"), reason("article 11 item 1", "other")))
    assert {place: trace.reasons for place, trace in found.items()} == {
        "11": ("why",), "11.1": (), "11.2": ("why",), "11.2.1": ("other",), "11.2.2": ("why",), "11.2.3": ("why",),
        "20-1": (), "20-1.1": (),
    }  # fmt: skip


def test_a_reason_of_its_own_stands_beside_the_rule_of_the_paragraph() -> None:
    found = carried(pack(rule("P", "article 11 paragraph 2"), reason("article 11 item 1", "codes")))["11.2.1"]
    assert (found.rules, found.reasons, found.gap) == (("P",), ("codes",), False)


def test_a_paragraph_has_the_reasons_of_all_its_items_and_of_no_fewer() -> None:
    some = carried(pack(reason("article 11 item 1, article 11 item 2", "x")))["11.2"]
    every = carried(pack(reason("article 11 item 1, article 11 item 2", "x"), reason("article 11 item 3", "y")))["11.2"]
    assert (some.gap, some.reasons) == (True, ())
    assert (every.gap, every.reasons) == (False, ("x", "y"))


def test_definitions_parameters_and_the_header() -> None:
    found = carried(handbook())
    assert {place: trace.definitions for place, trace in found.items() if trace.definitions} == {
        place: ("counted",) for place in ("2", "2.1", "2.2", "2.2.1", "2.2.2", "2.2.3")
    }
    assert {place: trace.parameters for place, trace in found.items() if trace.parameters} == {
        "2": ("days_to_sign",), "2.1": ("days_to_sign",), "3": ("strict",), "3.1": ("strict",), "3.2": ("strict",),
    }  # fmt: skip
    assert [place for place, trace in found.items() if trace.header] == ["1", "1.1"]


def test_gaps() -> None:
    assert [place for place, trace in carried(handbook()).items() if trace.gap] == ["4", "4.1"]


def test_every_rule_is_reached_or_rests_on_no_place() -> None:
    made = pack(rule("A", "article 11"), rule("T", '"data", 《Law》 article 11'), rule("I", '"data", article 11 item 3'))
    assert [one.id for one in unplaced(made)] == ["T"]
    assert {id for trace in traces(made) for id in trace.rules} == {"A", "I"}


def test_without_a_regulation_every_rule_is_unplaced() -> None:
    made, found = check(rule("T", '"data"'), vocabulary='pack p version "1" end entity talk id : text key place : text end')
    assert made is not None, found
    assert (traces(made), [one.id for one in unplaced(made)]) == ((), ["T"])
