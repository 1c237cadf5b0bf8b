"""The simulated suite: seeded conversations with people who have a goal, and how well the bot gets them there."""

import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kitwright.dataset import DISTURBANCES, Disturbance, Goal, Manners, Simulation
from kitwright.evaluation.expectations import Talker, TurnSeen
from kitwright.evaluation.simulated_user import SimulatedUser
from kitwright.evaluation.statistics import Estimate, estimate

SPARE: Final = 6  # turns beyond the least, after which a person gives up

LONG: Final = 2  # times the least, from which on a conversation is worth reading


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedConversation:
    """How one simulated conversation went.

    Args:
        number: which of the goal's conversations it is.
        failure: why the goal was not reached; None where it was.
        turns: user turns.
        least: user turns that a perfect bot would have needed, with those that the disturbances add.
        asked_twice: slots that were asked for again after their right value was told.
        transcript: (who, text) in order, scrubbed.
    """

    goal: str
    number: int
    disturbances: tuple[Disturbance, ...]
    failure: str | None
    turns: int
    least: int
    asked_twice: tuple[str, ...]
    transcript: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def reached(self) -> bool:
        """Whether the user got what it wanted."""
        return self.failure is None

    @property
    def faults(self) -> tuple[str, ...]:
        """What went wrong, one line each: no goal, a thing asked twice, or twice the turns it takes."""
        twice = ", ".join(dict.fromkeys(self.asked_twice))
        slow = self.reached and self.turns >= LONG * self.least
        return (
            *((self.failure,) if self.failure else ()),
            *((f"asked twice for {twice}",) if twice else ()),
            *((f"took {self.turns} turns, where {self.least} would do",) if slow else ()),
        )

    def as_dict(self) -> dict[str, object]:
        """The conversation for JSON."""
        return {
            "goal": self.goal,
            "number": self.number,
            "disturbances": list(self.disturbances),
            "failure": self.failure,
            "turns": self.turns,
            "least": self.least,
            "asked_twice": list(self.asked_twice),
            "transcript": [list(line) for line in self.transcript],
        }


@dataclass(frozen=True, slots=True)
class SimulationFigures:
    """Figures of some conversations; each None where there was nothing to count.

    Args:
        reached: share that reached their goal.
        turn_ratio: user turns over the least, mean of those that reached it.
        asked_twice: share in which something was asked for again.
    """

    reached: Estimate | None
    turn_ratio: Estimate | None
    asked_twice: Estimate | None

    def estimates(self) -> dict[str, Estimate | None]:
        """Name to estimate."""
        return {"reached": self.reached, "turn_ratio": self.turn_ratio, "asked_twice": self.asked_twice}

    def values(self) -> dict[str, float | None]:
        """Name to mean."""
        return {name: each.value if each else None for name, each in self.estimates().items()}


def figures_of(conversations: Iterable[SimulatedConversation]) -> SimulationFigures:
    """The figures of some conversations."""
    known = tuple(conversations)
    return SimulationFigures(
        reached=estimate([float(each.reached) for each in known]),
        turn_ratio=estimate([each.turns / each.least for each in known if each.reached], shares=False),
        asked_twice=estimate([float(bool(each.asked_twice)) for each in known]),
    )


def by_goal(conversations: Iterable[SimulatedConversation]) -> dict[str, SimulationFigures]:
    """The figures of each goal, in the order they were held."""
    known = tuple(conversations)
    return {goal: figures_of(e for e in known if e.goal == goal) for goal in dict.fromkeys(e.goal for e in known)}


def by_disturbance(conversations: Iterable[SimulatedConversation]) -> dict[str, SimulationFigures]:
    """The figures of the conversations with each disturbance, and of those without any (`none`)."""
    known = tuple(conversations)
    with_each: dict[str, list[SimulatedConversation]] = {
        each: [one for one in known if each in one.disturbances] for each in DISTURBANCES
    }
    groups = {"none": [one for one in known if not one.disturbances], **with_each}
    return {name: figures_of(group) for name, group in groups.items() if group}


def planned(simulation: Simulation, count: int) -> Iterator[tuple[Goal, int]]:
    """Which conversations to hold: the goals in turn, each with its own count."""
    goals: Sequence[Goal] = simulation.goals
    yield from ((goals[index % len(goals)], index // len(goals)) for index in range(count))


def hold_conversation(
    goal: Goal, manners: Manners, bot: Talker, *, number: int = 0, seed: int = 0
) -> SimulatedConversation:
    """Let a simulated user talk to a bot until it has what it wants, is handed over, or gives up.

    Args:
        goal: what it wants.
        manners: how people talk.
        bot: who answers.
        number: another number is another conversation, whatever other goals there are.
        seed: changes all conversations.
    """
    user = SimulatedUser(goal, manners, random.Random(f"{seed}/{goal.goal}/{number}"))
    conversation = f"simulated-{uuid.uuid4().hex}"
    wanted = goal.reached_in(user.case)
    asked_twice: list[str] = []
    text, turns, failure = user.opening(), 0, None
    while True:
        turn = TurnSeen.after(text, bot, conversation)
        turns += 1
        asked_twice += user.hear(turn)
        problems = [problem for step in wanted for problem in turn.problems(step)]
        failure = _ending(problems, turn, turns, user.least)
        if failure is not None or not problems:
            break
        text = user.answer(turn.reply.buttons)
    return SimulatedConversation(
        goal=goal.goal,
        number=number,
        disturbances=user.disturbances,
        failure=failure,
        turns=turns,
        least=user.least,
        asked_twice=tuple(asked_twice),
        transcript=tuple(_lines(bot, conversation)),
    )


def _ending(problems: Sequence[str], turn: TurnSeen, turns: int, least: int) -> str | None:
    """Why a conversation ends without its goal, or None while it goes on or has it."""
    if not problems:
        return None
    if turn.reply.handoff:
        return f"handed over before the goal: {problems[0]}"
    return f"given up after {turns} turns: {problems[0]}" if turns >= least + SPARE else None


def _lines(bot: Talker, conversation: str) -> Iterator[tuple[str, str]]:
    kinds = ("user", "bot")
    yield from ((e.kind, str(e.data["text"])) for e in bot.events(conversation) if e.kind in kinds)
