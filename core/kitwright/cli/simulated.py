"""Simulated conversations for reading: a row a goal, and in full those that did not go as they should."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kitwright.cli.show import print_table

if TYPE_CHECKING:
    from kitwright.evaluation import Estimate, SimulatedConversation


def show_conversations(held: "Sequence[SimulatedConversation]") -> None:
    """Print them."""
    by_goal = {each.goal: [other for other in held if other.goal == each.goal] for each in held}
    print_table(
        ("goal", "conversations", "reached", "turns / least", "asked twice"),
        [_row(goal, conversations) for goal, conversations in by_goal.items()],
    )
    for each in held:
        if not each.is_flawless:
            print("\n".join(_in_full(each)), end="\n\n")


def _row(goal: str, held: "Sequence[SimulatedConversation]") -> tuple[str, ...]:
    from kitwright.evaluation import figures_of

    figures = figures_of(held)
    return goal, str(len(held)), _share(figures.reached), _shown(figures.turn_ratio), _share(figures.asked_twice)


def _in_full(one: "SimulatedConversation") -> Iterable[str]:
    faults = [one.failure] if one.failure else []
    faults += [f"asked twice for {', '.join(dict.fromkeys(one.asked_twice))}"] if one.asked_twice else []
    with_these = f" ({', '.join(one.disturbances)})" if one.disturbances else ""
    yield f"{one.goal} #{one.number}{with_these}: {'; '.join(faults)}"
    for who, text in one.transcript:
        yield f"  {who:>4}  " + text.replace("\n", "\n        ")


def _share(found: "Estimate | None") -> str:
    return f"{found.value:.0%}" if found else "none"


def _shown(found: "Estimate | None") -> str:
    return f"{found.value:.2f}" if found else "none"
