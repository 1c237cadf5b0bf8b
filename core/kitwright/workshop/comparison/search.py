"""Searching a prompt: one part at a time, within a budget.

Coordinate ascent, since prompts have few parts with few values each, and every evaluation costs minutes. A library of
optimisers would need as much code around it.
"""

import random
from collections.abc import Callable

from kitwright.workshop.comparison.prompt_choice import Options, PromptChoice


def coordinate_search(
    start: PromptChoice, options: Options, score: Callable[[PromptChoice], float], *, budget: int, seed: int
) -> dict[PromptChoice, float]:
    """What was tried with its score, in the order it was tried; `start` first.

    All values of one part are tried with the best of the other parts so far, and the best is kept; then the next part.
    A round over all parts that brings nothing ends it.

    Args:
        start: the choice to start from; trying it is not counted.
        options: the values of each part.
        score: the higher, the better; called once for each choice.
        budget: how many choices are tried at most.
        seed: of the order of the parts.

    Example:
        >>> start = PromptChoice((("style", "short"), ("examples", 0), ("order", "nearest_last")))
        >>> options = {"examples": (0, 2, 4)}
        >>> tried = coordinate_search(start, options, lambda choice: dict(choice.parts)["examples"], budget=9, seed=0)
        >>> max(tried, key=tried.get).name(start)
        'examples.4'
    """
    tried = {start: score(start)}
    draw, best, moved = random.Random(seed), start, True
    while moved:
        moved = False
        for part in draw.sample(sorted(options), len(options)):
            rivals = [best.with_part(part, value) for value in options[part]]
            for rival in dict.fromkeys(rivals):
                if rival not in tried:
                    if len(tried) > budget:
                        return tried
                    tried[rival] = score(rival)
            leader = max((best, *rivals), key=lambda choice: tried[choice])  # of equals the first: the one we have
            moved, best = moved or leader != best, leader
    return tried
