"""Simulated users: what they say to what they are asked, what disturbs them, and how it is counted."""

from typing import Any

import pytest

from kitwright.dataset import Disturbance, Simulation
from kitwright.evaluation import SimulatedConversation, by_disturbance, by_goal, figures_of, hold_conversation, planned
from unit.evaluation.desk import Desk, goal, manners

MANY = range(60)


def held(desk: Desk | None = None, *, number: int = 0, **changes: object) -> SimulatedConversation:
    return hold_conversation(goal(**changes), manners(), desk or Desk(), number=number)


def with_only(disturbance: Disturbance, **changes: object) -> tuple[SimulatedConversation, Desk]:
    """The first conversation in which it comes up, in more than its name."""
    quiet = list(held().transcript)
    for number in MANY:
        desk = Desk()
        one = hold_conversation(goal(disturbances=[disturbance], **changes), manners(), desk, number=number)
        if one.disturbances and [text for _, text in one.transcript[1:]] != [text for _, text in quiet[1:]]:
            return one, desk
    raise AssertionError(f"{disturbance} never came up")


def test_an_undisturbed_user_answers_what_it_is_asked() -> None:
    desk = Desk()
    one = held(desk)
    assert (one.reached, one.turns, one.least, one.asked_twice, one.faults) == (True, 4, 4, (), ())
    assert desk.heard[1:] == ["1043", "red", "yes"]
    assert one.transcript[-2:] == (("user", "yes"), ("bot", "Found."))


def test_the_same_seed_is_the_same_conversation_and_another_is_another() -> None:
    def openings(seed: int) -> list[str]:
        held = (hold_conversation(goal(), manners(), Desk(), number=n, seed=seed) for n in range(12))
        return [one.transcript[0][1] for one in held]

    assert openings(1) == openings(1)
    assert openings(1) != openings(2)
    assert len(set(openings(1))) == len(goal().openings)


def test_what_the_opening_tells_need_not_be_asked() -> None:
    one = held(openings=["where is {number}, the {colour} one"])
    assert (one.turns, one.least) == (2, 2)


def test_what_a_case_does_not_have_is_not_asked_in_it() -> None:
    one = held(cases=[{"number": "1043", "sure": "/yes"}], reached=[{"bot_contains": ["never"]}])
    assert one.least == 3
    assert one.failure == "given up after 9 turns: 'never' is not in 'Which colour?'"


def test_a_wrong_value_is_corrected_in_a_turn_that_counts_for_the_user() -> None:
    one, desk = with_only("correction")
    assert desk.heard[1:] == ["1044", "no, 1043", "red", "yes"]
    assert (one.reached, one.turns, one.least, one.asked_twice) == (True, 5, 5, ())


def test_a_wrong_value_in_the_opening_is_corrected_too() -> None:
    one, desk = with_only("correction", openings=["where is {number}"])
    assert desk.heard[:2] == ["where is 1044", "no, 1043"]
    assert (one.turns, one.least, one.asked_twice) == (4, 4, ())


def test_a_question_in_between_counts_for_the_user_and_is_not_asking_twice() -> None:
    one, desk = with_only("digression")
    assert desk.heard.count("do you like music") == 1
    assert (one.reached, one.turns, one.least, one.asked_twice) == (True, 5, 5, ())


def test_two_answers_come_in_one_message() -> None:
    one, desk = with_only("together")
    assert desk.heard[1:] == ["1043 and red", "yes"]
    assert (one.turns, one.least) == (3, 3)


def test_politeness_and_buttons_change_only_the_words() -> None:
    polite, desk = with_only("courtesy")
    assert {"1043 please", "red please", "yes please"} & set(desk.heard)
    pressing, pressed = with_only("button")
    assert pressed.heard[-1] == "/yes"
    assert (polite.turns, pressing.turns) == (4, 4)


def test_slips_leave_figures_and_short_answers_alone() -> None:
    texts = []
    for number in MANY:
        desk = Desk()
        openings = ["Would you tell me where order {number} is at the moment"]
        hold_conversation(goal(openings=openings, disturbances=["slips"]), manners(), desk, number=number)
        texts.append(desk.heard)
    assert len({opening for opening, *_ in texts}) > 5
    assert all("1043" in opening for opening, *_ in texts)
    assert {tuple(rest) for _, *rest in texts} == {("red", "yes")}


@pytest.mark.parametrize(
    ("habit", "failure", "twice"),
    [
        ("forgets", None, ("number",)),
        ("is deaf", "given up after 10 turns: tool look was not called; none was", ("number",) * 9),
        ("passes on", "handed over before the goal: tool look was not called; none was", ()),
        ("offers", None, ()),
    ],
)
def test_bad_habits_are_noticed(habit: str, failure: str | None, twice: tuple[str, ...]) -> None:
    one = held(Desk(habit))
    assert (one.failure, one.asked_twice) == (failure, twice)
    assert bool(one.faults) == (habit != "offers")


def test_a_choice_of_wishes_is_answered_with_the_right_button() -> None:
    desk = Desk("offers")
    assert held(desk).turns == 5
    assert desk.heard[1] == "/look"


def test_what_it_can_not_know_is_declined_with_the_wish_in_other_words() -> None:
    desk = Desk()
    held(desk, cases=[{"number": "1043"}], ways={}, reached=[{"bot_contains": ["never"]}])
    assert desk.heard[2].removeprefix("no. ") in set(goal().openings) - {desk.heard[0]}


def test_a_question_may_be_answered_with_other_values() -> None:
    desk = Desk()
    ways = {"colour": ["{number} in red"]}
    hold_conversation(goal(cases=[{"number": "1043", "sure": "/yes"}]), manners(ways=ways), desk)
    assert desk.heard[2] == "1043 in red"


def test_what_is_made_of_what_was_told_is_asked_for_again() -> None:
    ways = {"colour": ["{number}"]}
    one = hold_conversation(goal(cases=[{"number": "1043", "sure": "/yes"}]), manners(ways=ways), Desk())
    assert set(one.asked_twice) == {"colour"}
    assert len(one.asked_twice) == one.turns - 1


def test_twice_the_turns_are_a_fault() -> None:
    one = conversation(turns=6, least=3)
    assert one.faults == ("took 6 turns, where 3 would do",)


def conversation(**changes: Any) -> SimulatedConversation:
    plain: dict[str, Any] = {
        "goal": "a",
        "number": 0,
        "disturbances": (),
        "failure": None,
        "turns": 3,
        "least": 3,
        "asked_twice": (),
        "transcript": (),
    }
    return SimulatedConversation(**{**plain, **changes})


def test_figures_count_turns_only_of_what_reached_its_goal() -> None:
    some = [
        conversation(),
        conversation(turns=6, disturbances=("slips",)),
        conversation(goal="b", failure="given up", turns=9, asked_twice=("x", "x"), disturbances=("slips", "button")),
        conversation(goal="b", asked_twice=("x",)),
    ]
    assert figures_of(some).values() == {"reached": 0.75, "turn_ratio": pytest.approx(4 / 3), "asked_twice": 0.5}
    assert figures_of([]).values() == {"reached": None, "turn_ratio": None, "asked_twice": None}
    assert {name: each.values()["reached"] for name, each in by_goal(some).items()} == {"a": 1.0, "b": 0.5}
    by_each = {name: each.values()["reached"] for name, each in by_disturbance(some).items()}
    assert by_each == {"none": 1.0, "slips": 0.5, "button": 0.0}


def test_a_ratio_that_is_always_one_has_no_spread() -> None:
    figures = figures_of([conversation(), conversation()])
    assert figures.turn_ratio is not None
    assert figures.reached is not None
    assert (figures.turn_ratio.low, figures.turn_ratio.high) == (1.0, 1.0)
    assert figures.reached.low < 0.5


def test_goals_are_taken_in_turn() -> None:
    simulation = Simulation((goal(goal="a"), goal(goal="b")))
    assert [(each.goal, number) for each, number in planned(simulation, 5)] == [
        ("a", 0),
        ("b", 0),
        ("a", 1),
        ("b", 1),
        ("a", 2),
    ]
