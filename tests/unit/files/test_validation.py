"""Pydantic's errors become faults with file, line, value, choices and a hint, all at once."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from kitwright.errors import Fault, FaultsFound
from kitwright.files import Faults, parse_yaml, validate, validate_into


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Cat(Strict):
    kind: Literal["cat"]
    lives: int = 9


class Dog(Strict):
    kind: Literal["dog"]
    tricks: tuple[str, ...] = ()


class Step(Strict):
    condition: str | None = Field(default=None, alias="if")
    then: "str | tuple[Step, ...] | None" = None


class Home(Strict):
    name: str
    colour: Literal["red", "blue"] = "red"
    pets: tuple[Annotated[Cat | Dog, Field(discriminator="kind")], ...] = ()
    rooms: dict[str, Step] = {}


def faults(text: str) -> list[Fault]:
    with pytest.raises(FaultsFound) as caught:
        validate(Home, parse_yaml(text, "home.yaml"))
    return list(caught.value.faults)


def test_sound_data_become_the_model() -> None:
    home = validate(Home, parse_yaml("name: x\npets: [{kind: cat}]", "home.yaml"))
    assert home.pets == (Cat(kind="cat"),)


def test_all_faults_come_at_once() -> None:
    found = faults("colour: rde\nnmae: x\npets:\n  - {kind: cat, lives: many}\n")
    assert {(fault.code, fault.place) for fault in found} == {
        ("KW106", "home.yaml:1 colour"),
        ("KW105", "home.yaml:2 nmae"),
        ("KW106", "home.yaml:4 pets.0.lives"),
        ("KW106", "home.yaml:1 name"),
    }


def test_a_wrong_choice_names_value_choices_and_the_nearest() -> None:
    (fault,) = faults("name: x\ncolour: rde")
    assert (fault.value, fault.choices, fault.hint) == ("rde", ("red", "blue"), "did you mean 'red'")


def test_unknown_keys_name_those_of_the_very_model_under_their_names_in_the_file() -> None:
    unknown = {
        fault.place: fault
        for fault in faults("""\
name: x
pets:
  - {kind: dog, trick: [sit]}
rooms:
  hall:
    then:
      - {iff: "x"}
""")
    }
    assert unknown["home.yaml:3 pets.0.trick"].choices == ("kind", "tricks")
    assert unknown["home.yaml:7 rooms.hall.then.0.iff"].choices == ("if", "then")
    assert unknown["home.yaml:7 rooms.hall.then.0.iff"].hint == "did you mean 'if'"


def test_an_arm_of_a_union_that_was_not_meant_stays_silent() -> None:
    (fault,) = faults("name: x\nrooms: {hall: {then: [{if: [1]}]}}")
    assert fault.place == "home.yaml:2 rooms.hall.then.0.if"


@pytest.mark.parametrize("text", ["- a", "just text", "12"])
def test_data_of_another_shape_are_a_fault(text: str) -> None:
    (fault,) = faults(text)
    assert (fault.code, fault.place) == ("KW106", "home.yaml:1")


def test_unknown_keys_do_not_hide_the_rest_from_other_checks() -> None:
    collected = Faults()
    document = parse_yaml("name: x\nextra: 1\npets: [{kind: cat, tail: 1}]", "home.yaml")
    home = validate_into(collected, Home, document)
    assert home is not None
    assert home.name == "x"
    assert [fault.code for fault in collected.found] == ["KW105", "KW105"]


def test_other_faults_leave_no_model() -> None:
    collected = Faults()
    assert validate_into(collected, Home, parse_yaml("extra: 1", "home.yaml")) is None
    assert len(collected.found) == 2
