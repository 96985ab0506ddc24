"""Frozen classes made without attrs, and what attrs says of them."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

from policy.lang.noun import Aside, Converted, evolve, noun, slim_noun, thing


@noun
class Place:
    """A noun with a field that has a default, one that is aside, and one that is made of what is given."""

    name: str
    words: tuple[str, ...] = Converted(tuple)
    row: int = 1
    span: int = Aside(0)


@thing
class Box:
    content: str


@slim_noun
class Slip:
    """A slim noun; its methods are there."""

    name: str
    row: int = 1

    @property
    def told(self) -> str:
        return f"{self.name} {self.row}"


A = Place("A", [])


def test_fields_are_given_by_place_or_name() -> None:
    assert (A.name, A.words, A.row, A.span) == ("A", (), 1, 0)
    assert Place(name="A", words=[], row=1) == Place("A", [], 1) == A
    assert Place("A", [], span=7).span == 7
    assert (Slip("A").row, Slip("A", row=2).row, Slip("A").told) == (1, 2, "A 1")


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), (("A",), {}), (("A", (), 1, 0), {}), (("A", ()), {"name": "B"}), (("A", ()), {"other": 1}), (("A",), {"other": 1})],
)
def test_what_does_not_fit_is_refused(given: tuple, named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Place(*given, **named)


@pytest.mark.parametrize(("given", "named"), [((), {}), (("A", 1, 2), {}), (("A",), {"name": "B"}), (("A",), {"other": 1})])
def test_what_does_not_fit_a_slim_noun_is_refused(given: tuple, named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Slip(*given, **named)


def test_defaults_are_no_attributes_of_the_class() -> None:
    assert not hasattr(Place, "row")
    assert not hasattr(Place, "words")


def test_nouns_are_equal_by_their_fields_and_things_by_themselves() -> None:
    assert Place("A", [], span=1) == A != Place("B", [])
    assert hash(Place("A", [], span=1)) == hash(A)
    assert Slip("A") == Slip("A") != Slip("B")
    assert Slip("A") != Box("A")
    box = Box("A")
    assert box == box != copy.copy(box)
    assert len({box, copy.copy(box)}) == 2


def test_they_are_shown_with_their_fields() -> None:
    assert repr(Place("A", [], 2, span=1)) == "Place(name='A', words=(), row=2)"
    assert repr(Box("A")) == "Box(content='A')"
    assert repr(Slip("A")) == "Slip(name='A', row=1)"


@pytest.mark.parametrize("made", [A, Box("A"), Slip("A")])
def test_nothing_can_be_changed(made: object) -> None:
    for copied in (made, copy.copy(made), pickle.loads(pickle.dumps(made))):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            copied.name = "B"
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            del copied.name
        assert repr(copied) == repr(made)


def test_slim_nouns_have_no_dict() -> None:
    assert not hasattr(Slip("A"), "__dict__")


def test_positional_patterns_match() -> None:
    match Place("A", [], 2):
        case Place(name, _, row):
            assert (name, row) == ("A", 2)
        case _:
            pytest.fail("no match")


@pytest.mark.parametrize("evolved", [evolve, attrs.evolve])
def test_the_same_with_other_values(evolved) -> None:
    assert evolved(Place("A", "xy", span=3), row=2) == Place("A", "xy", 2)
    assert evolved(Place("A", "xy", span=3), row=2).span == 3
    assert evolved(A, words=["x"]).words == ("x",)
    assert evolved(Slip("A"), name="B") == Slip("B")
    assert evolved(Box("A"), content="B").content == "B"
    with pytest.raises(TypeError):
        evolved(A, other=1)


def test_attrs_knows_their_fields() -> None:
    told = {field.name: (field.default, field.eq, field.kw_only) for field in attrs.fields(Place)}
    needed = attrs.NOTHING
    assert told == {"name": (needed, True, False), "words": (needed, True, False), "row": (1, True, False), "span": (0, False, True)}
    assert attrs.has(Slip)
    assert attrs.asdict(Slip("A")) == {"name": "A", "row": 1}
