"""Checks of simulations: goals named once, with slots, intents, ways of saying, and expectations that exist."""

from collections.abc import Iterable

from kitwright.dataset import Goal, Manners, blanks
from kitwright.dialogue import Domain
from kitwright.files import YamlDocument
from kitwright.kit.checks.conversations import check_step
from kitwright.kit.folder import KitFolder
from kitwright.kit.reading import KitFiles


def check_simulations(kit: KitFolder, files: KitFiles, domain: Domain) -> None:
    """Names and manners once, and nothing in them that the kit does not have."""
    manners: str | None = None
    names: dict[str, str] = {}
    for document, file in files.simulations:
        if file.manners is not None:
            place = document.place("manners")
            if manners is not None:
                kit.wrong("KW107", place, f"manners stand already at {manners}")
            manners = place
            _check_manners(kit, document, file.manners, domain)
        for index, goal in enumerate(file.goals):
            place = document.place("goals", index, "goal")
            if names.setdefault(goal.goal, place) != place:
                kit.wrong("KW107", place, f"goal has the name of the one at {names[goal.goal]}", goal.goal)
            _check_goal(kit, files, domain, document, index, goal)


def _check_manners(kit: KitFolder, document: YamlDocument, manners: Manners, domain: Domain) -> None:
    for key in ("ways", "wrong", "volunteered"):
        for slot in getattr(manners, key):
            kit.missing("slot", slot, domain.slots, document.place("manners", key))
    for slot, ways in manners.ways.items():
        _check_blanks(kit, ways, ("value", *domain.slots), document.place("manners", "ways", slot))


def _check_goal(
    kit: KitFolder, files: KitFiles, domain: Domain, document: YamlDocument, index: int, goal: Goal
) -> None:
    kit.missing("intent", goal.intent, domain.intents, document.place("goals", index, "intent"))
    for number, case in enumerate(goal.cases):
        for slot in case:
            kit.missing("slot", slot, domain.slots, document.place("goals", index, "cases", number, slot))
    known = set.intersection(*(set(case) for case in goal.cases))
    _check_blanks(kit, goal.openings, known, document.place("goals", index, "openings"))
    ever = {slot for case in goal.cases for slot in case}
    for slot, ways in goal.ways.items():
        place = document.place("goals", index, "ways", slot)
        kit.missing("slot", slot, domain.slots, place)
        _check_blanks(kit, ways, {*known, "value"} if slot in ever else known, place)
    for slot in goal.asks:
        kit.missing(
            "slot that a case or way of the goal has", slot, {*ever, *goal.ways}, document.place("goals", index, "asks")
        )
    for number, step in enumerate(goal.reached_in(goal.cases[0])):
        check_step(kit, files, domain, document.place("goals", index, "reached", number, step.kind), step)


def _check_blanks(kit: KitFolder, templates: tuple[str, ...], known: Iterable[str], place: str) -> None:
    for template in templates:
        for name in blanks(template):
            kit.missing("value that everybody with this goal knows", name, known, place)
