"""Simulated conversations for reading: figures by goal and by disturbance, and in full those that went wrong."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kitwright.cli.show import print_table

if TYPE_CHECKING:
    from kitwright.evaluation import Estimate, SimulatedConversation, SimulationFigures


def show_conversations(held: "Sequence[SimulatedConversation]") -> None:
    """Print them."""
    from kitwright.evaluation import by_disturbance, by_goal

    for kind, groups in (("goal", by_goal(held)), ("disturbance", by_disturbance(held))):
        columns = (kind, "conversations", "reached", "turns / least", "asked twice")
        print_table(columns, [(name, *_row(figures)) for name, figures in groups.items()])
    for each in held:
        if each.faults:
            print("\n".join(_in_full(each)), end="\n\n")


def _row(figures: "SimulationFigures") -> Iterable[str]:
    count = figures.reached.count if figures.reached else 0
    ratio = f"{figures.turn_ratio.value:.2f}" if figures.turn_ratio else "none"
    return str(count), _share(figures.reached), ratio, _share(figures.asked_twice)


def _in_full(one: "SimulatedConversation") -> Iterator[str]:
    disturbed = f" ({', '.join(one.disturbances)})" if one.disturbances else ""
    yield f"{one.goal} #{one.number}{disturbed}: {'; '.join(one.faults)}"
    for who, text in one.transcript:
        yield f"  {who:>4}  " + text.replace("\n", "\n        ")


def _share(found: "Estimate | None") -> str:
    return f"{found.value:.0%}" if found else "none"
