"""The simulated suite of a bot: its kit's goals, each conversation with a fresh demo, held to floors and ceilings."""

from collections.abc import Callable

from kitwright.bot import Bot
from kitwright.errors import Fault, FaultsFound
from kitwright.evaluation import SimulatedConversation, by_disturbance, by_goal, figures_of, hold_conversation, planned
from kitwright.workshop.suites import SuiteResult, above_ceilings, below_floors


def simulated_conversations(
    bot: Bot, *, quick: bool = False, seed: int = 0, done: Callable[[], None] = lambda: None
) -> tuple[SimulatedConversation, ...]:
    """Hold the conversations of the kit's simulated users.

    Args:
        bot: who answers; its kit's `reset` runs before each.
        quick: one conversation a goal.
        seed: another seed is other conversations.
        done: called after each.

    Raises:
        FaultsFound: the kit has no simulations.
    """
    simulation = bot.kit.simulation
    if simulation is None:
        place, hint = f"kits/{bot.kit.name}/kit.yaml", "write goals and list their files under `simulations:`"
        raise FaultsFound(Fault(code="KW103", place=place, problem="the kit has no simulations", hint=hint))
    held = []
    for goal, number in planned(simulation, simulation_size(bot, quick=quick)):
        if bot.kit.code.reset is not None:
            bot.kit.code.reset()
        held.append(hold_conversation(goal, simulation.manners, bot, number=number, seed=seed))
        done()
    return tuple(held)


def simulation_size(bot: Bot, *, quick: bool) -> int:
    """How many conversations a run takes."""
    section, simulation = bot.kit.manifest.simulations, bot.kit.simulation
    if section is None or simulation is None:
        return 0
    return min(len(simulation.goals), section.conversations) if quick else section.conversations


def simulated_suite(bot: Bot, held: tuple[SimulatedConversation, ...]) -> SuiteResult:
    """The figures of these conversations, and which of the kit's limits they miss."""
    figures = figures_of(held)
    metrics = figures.values()
    section = bot.kit.manifest.simulations
    floors, ceilings = (section.floors, section.ceilings) if section else ({}, {})
    return SuiteResult(
        "simulated",
        {"conversations": len(held), **metrics},
        (*below_floors("simulated", floors, metrics), *above_ceilings("simulated", ceilings, metrics)),
        {name: (each.low, each.high) for name, each in figures.estimates().items() if each},
        {
            "goals": {goal: each.values() for goal, each in by_goal(held).items()},
            "disturbances": {name: each.values() for name, each in by_disturbance(held).items()},
            "held": [each.as_dict() for each in held],
        },
    )
