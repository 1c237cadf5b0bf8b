"""Simulated users and the real embedded models: a short run of what `evaluate --suite simulated` measures at length."""

import pytest

from kitwright.bot import Bot
from kitwright.evaluation import SimulatedConversation, figures_of, hold_conversation

CONVERSATIONS = 20
SEED = 3


@pytest.fixture(scope="module")
def held(real_bot: Bot) -> tuple[SimulatedConversation, ...]:
    """A conversation each for goals that take a flow; what is only asked needs the language model."""
    simulation, reset = real_bot.kit.simulation, real_bot.kit.code.reset
    assert simulation is not None
    assert reset is not None
    some = []
    for goal in [goal for goal in simulation.goals if goal.asks][:CONVERSATIONS]:
        reset()
        some.append(hold_conversation(goal, simulation.manners, real_bot, seed=SEED))
    return tuple(some)


def test_people_reach_their_goal_without_detours(held: tuple[SimulatedConversation, ...]) -> None:
    figures = figures_of(held).values()
    faults = [(one.goal, one.faults, one.transcript) for one in held if one.faults]
    assert len(held) == CONVERSATIONS
    assert (figures["reached"] or 0) >= 0.9, faults
    assert (figures["turn_ratio"] or 9) <= 1.3, faults
    assert (figures["asked_twice"] or 0) <= 0.1, faults


def test_disturbances_come_up_and_transcripts_are_scrubbed(held: tuple[SimulatedConversation, ...]) -> None:
    assert len({each for one in held for each in one.disturbances}) >= 5
    said = "\n".join(text for one in held for _, text in one.transcript)
    assert "<EMAIL_ADDRESS_1>" in said
    assert "@example." not in said


def test_every_goal_of_a_kit_has_people_who_say_it_differently(real_bot: Bot) -> None:
    simulation = real_bot.kit.simulation
    assert simulation is not None
    assert len(simulation.goals) >= 20
    assert all(len(set(goal.openings)) >= 5 for goal in simulation.goals)
