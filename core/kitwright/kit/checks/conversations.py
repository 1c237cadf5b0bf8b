"""Checks of conversation tests: the flows, slots, responses and tools they expect exist."""

from kitwright.dataset import ConversationStep
from kitwright.dialogue import Domain
from kitwright.kit.folder import KitFolder
from kitwright.kit.reading import KitFiles


def check_tests(kit: KitFolder, files: KitFiles, domain: Domain) -> None:
    """Names used once, and nothing expected that can not come."""
    names: dict[str, str] = {}
    for document, tests in files.tests:
        for index, test in enumerate(tests):
            place = document.place("test_cases", index, "test_case")
            if names.setdefault(test.test_case, place) != place:
                kit.wrong("KW107", place, f"test has the name of the one at {names[test.test_case]}", test.test_case)
            for number, step in enumerate(test.steps):
                place = document.place("test_cases", index, "steps", number, step.kind)
                check_step(kit, files, domain, place, step)


def check_step(kit: KitFolder, files: KitFiles, domain: Domain, place: str, step: ConversationStep) -> None:
    """Nothing expected of a reply that can not come."""
    if step.utter is not None:
        kit.missing("response", step.utter, domain.responses, place)
    if step.flow is not None and files.flows_whole:
        kit.missing("flow", step.flow, files.flows, place)
    if step.tool is not None:
        kit.missing("tool in kit.yaml", step.tool, files.manifest.code.tools, place)
    for slot in (*(step.slot_was_set or ()), *(step.slot_was_not_set or ())):
        kit.missing("slot", slot, domain.slots, place)
    if step.source is not None and not any(known.startswith(step.source) for known in _sources(files)):
        kit.wrong("KW108", place, "no passage or tool has an id that starts like this", step.source)


def _sources(files: KitFiles) -> list[str]:
    return [*(passage.id for passage in files.passages), *(f"tool:{name}" for name in files.manifest.code.tools)]
