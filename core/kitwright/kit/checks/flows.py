"""Checks of flows: what steps name, where they lead, their conditions, and circles without a way out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kitwright.dialogue import END, Domain, Flow, FlowStep, Program, compile_flow, parse_predicate
from kitwright.dialogue.routes import PATTERNS
from kitwright.files import YamlDocument
from kitwright.kit.folder import KitFolder
from kitwright.kit.reading import KitFiles

_Path = tuple[str | int, ...]


def check_flows(kit: KitFolder, files: KitFiles, domain: Domain) -> None:
    """Every flow by itself, then triggers and circles across all."""
    sound = True
    for name, flow in files.flows.items():
        before = len(kit.faults.found)
        _FlowCheck(kit, files, domain, files.flow_documents[name]).run(name, flow)
        sound = sound and len(kit.faults.found) == before
    _check_triggers(kit, files, domain)
    if sound:
        _check_circles(kit, files)


@dataclass(frozen=True, slots=True)
class _FlowCheck:
    """The checks of one flow."""

    kit: KitFolder
    files: KitFiles
    domain: Domain
    document: YamlDocument

    def run(self, name: str, flow: Flow) -> None:
        if name.startswith("pattern_"):
            self.kit.missing("pattern", name, PATTERNS, self.document.place("flows", name))
        if flow.guard is not None:
            self.condition(flow.guard, "flows", name, "if")
        ids: set[str] = set()
        steps = list(walk(flow.steps, ("flows", name, "steps")))
        for path, step in steps:
            if step.id in ids:
                self.kit.wrong("KW107", self.document.place(*path, "id"), "another step has this id", step.id)
            ids.update([step.id] if step.id else [])
        for path, step in steps:
            self.step(path, step)
            self.ways_on(path, step, ids)

    def step(self, path: _Path, step: FlowStep) -> None:
        if step.collect:
            self.missing("slot", step.collect, self.domain.slots, *path, "collect")
            question = step.utter or f"utter_ask_{step.collect}"
        if step.collect and not step.optional:
            self.missing("response", question, self.domain.responses, *path, "utter" if step.utter else "collect")
        if step.action and step.action.startswith("utter_"):
            self.missing("response", step.action, self.domain.responses, *path, "action")
        elif step.action:
            self.missing("tool in kit.yaml", step.action, self.files.manifest.code.tools, *path, "action")
        for index, pair in enumerate(step.set_slots or ()):
            for slot in pair:
                self.missing("slot", slot, self.domain.slots, *path, "set_slots", index, slot)
        for key in ("link", "call"):
            target = getattr(step, key)
            if target and self.files.flows_whole:
                self.missing("flow", target, self.files.flows, *path, key)
        for index, rejection in enumerate(step.rejections):
            self.condition(rejection.condition, *path, "rejections", index, "if")
            self.missing("response", rejection.utter, self.domain.responses, *path, "rejections", index, "utter")

    def ways_on(self, path: _Path, step: FlowStep, ids: set[str]) -> None:
        choices = {*ids, END}
        if isinstance(step.next, str):
            self.missing("step", step.next, choices, *path, "next")
        for index, branch in enumerate(step.branches()):
            if branch.condition is not None:
                self.condition(branch.condition, *path, "next", index, "if")
            if isinstance(branch.target, str):
                arm = "then" if branch.condition is not None else "else"
                self.missing("step", branch.target, choices, *path, "next", index, arm)

    def condition(self, source: str, *path: str | int) -> None:
        try:
            predicate = parse_predicate(source)
        except (ValueError, RecursionError) as error:
            problem = f"not a condition: {error}"
            self.kit.wrong("KW106", self.document.place(*path), problem, source, 'write like slots.size is "M"')
            return
        for slot in sorted(predicate.slots):
            self.missing("slot", slot, self.domain.slots, *path)

    def missing(self, kind: str, name: str, known: Mapping[str, object] | set[str], *path: str | int) -> None:
        self.kit.missing(kind, name, known, self.document.place(*path))


def walk(steps: tuple[FlowStep, ...], path: _Path) -> Iterator[tuple[_Path, FlowStep]]:
    """Every step, nested ones included, with its path in the file."""
    for index, step in enumerate(steps):
        yield (*path, index), step
        for number, branch in enumerate(step.branches()):
            if not isinstance(branch.target, str):
                arm = "then" if branch.condition is not None else "else"
                yield from walk(branch.target, (*path, index, "next", number, arm))


def _check_triggers(kit: KitFolder, files: KitFiles, domain: Domain) -> None:
    owners: dict[str, str] = {}
    for name, flow in files.flows.items():
        for index, trigger in enumerate(flow.nlu_trigger):
            intent = trigger.as_trigger.name
            place = files.flow_documents[name].place("flows", name, "nlu_trigger", index, "intent")
            kit.missing("intent", intent, domain.intents, place)
            owner = owners.get(intent)
            if owner not in (None, name):
                problem = f"intent already starts flow {owner!r} whatever is said"
                kit.wrong("KW107", place, problem, intent, "give the flow before it an `if`, or use another intent")
            elif flow.guard is None:
                owners[intent] = name


def _check_circles(kit: KitFolder, files: KitFiles) -> None:
    programs = {name: compile_flow(name, flow) for name, flow in files.flows.items()}
    for name in endless(programs):
        path: _Path = ("flows", name)
        for step_path, step in walk(files.flows[name].steps, (*path, "steps")):
            if step.link or step.call:
                path = (*step_path, step.kind)
                break
        problem, hint = "the flow can never end", "give one of the flows on the circle a branch that leads to END"
        kit.wrong("KW109", files.flow_documents[name].place(*path), problem, name, hint)


def endless(programs: Mapping[str, Program]) -> list[str]:
    """The flows from whose start no path leads to an end, whatever the conditions give."""
    ending: set[str] = set()
    while True:
        found = {name for name in programs.keys() - ending if _can_end(programs[name], programs, ending)}
        if not found:
            return [name for name in programs if name not in ending]
        ending |= found


def _can_end(program: Program, programs: Mapping[str, Program], ending: set[str]) -> bool:
    """Whether a path leads to an end, if exactly the flows in `ending` come back."""
    open_ids, seen = [program.start], {program.start}
    while open_ids:
        instruction = program.instructions.get(open_ids.pop())
        if instruction is None:
            return True  # END
        step = instruction.step
        flow = step.link or step.call
        if flow in programs and flow not in ending:
            continue
        if step.link:
            return True
        for arm in instruction.arms:
            if arm.target not in seen:
                seen.add(arm.target)
                open_ids.append(arm.target)
            if arm.condition is None:
                break
    return False
