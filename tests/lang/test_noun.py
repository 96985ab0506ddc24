"""Classes that attrs works on when they are first used are what they would be otherwise."""

from __future__ import annotations

import copy

import attrs
import pytest

from policy.lang.noun import noun, thing


def classes() -> tuple[type, type]:
    """A noun, and a thing that is equal to itself alone; nobody has used them."""

    @noun
    class Place:
        name: str
        row: int = attrs.field(default=1, eq=False, kw_only=True)

    @thing
    class Box:
        content: str

    return Place, Box


def unused(cls: type) -> object:
    """An instance as unpickling makes it, which calls nothing of the class."""
    made = object.__new__(cls)
    vars(made).update(name="A", row=1, content="")
    return made


def is_made(cls: type) -> bool:
    return isinstance(vars(cls)["__attrs_attrs__"], tuple)


def test_a_class_that_is_only_unpickled_is_not_made() -> None:
    Place, _ = classes()
    assert unused(Place).name == "A"
    assert not is_made(Place)
    assert Place("A").name == "A"
    assert is_made(Place)


@pytest.mark.parametrize("use", [attrs.fields, lambda cls: attrs.evolve(unused(cls)), lambda cls: unused(cls) == unused(cls), lambda cls: repr(unused(cls))])
def test_whatever_is_wanted_of_a_class_makes_it(use) -> None:
    Place, _ = classes()
    use(Place)
    assert is_made(Place)
    assert [field.name for field in attrs.fields(Place)] == ["name", "row"]
    assert repr(Place("A", row=2)) == "Place(name='A', row=2)"
    with pytest.raises(TypeError):
        Place("A", 2)


def test_what_was_unpickled_is_frozen_too() -> None:
    for cls in classes():
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            unused(cls).name = "B"
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            del unused(cls).name


def test_positional_patterns_match() -> None:
    Place, _ = classes()
    match unused(Place):
        case Place(name):
            assert name == "A"
        case _:
            pytest.fail("no match")


def test_a_class_below_another_has_its_fields() -> None:
    Place, _ = classes()

    @noun
    class Cell(Place):
        column: str

    assert Cell("A", "B") == Cell("A", "B", row=3)
    assert Cell("A", "B") != Place("A")


def test_nouns_are_equal_by_their_fields_and_things_by_themselves() -> None:
    Place, Box = classes()
    assert Place("A") == Place("A", row=2) != Place("B")
    assert hash(Place("A")) == hash(Place("A", row=2))
    box = Box("A")
    assert box == box != copy.copy(box)
    assert repr(box) == "Box(content='A')"
