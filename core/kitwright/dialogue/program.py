"""A flow compiled to a program: every step has an id and knows what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kitwright.dialogue.flow import END, Flow, FlowStep
from kitwright.dialogue.predicate import MESSAGE, Predicate, parse_predicate


@dataclass(frozen=True, slots=True)
class Arm:
    """Where to go: to `target` if `condition` holds (None = always)."""

    condition: Predicate | None
    target: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """A step of the program with its arms; the last arm is always open."""

    id: str
    step: FlowStep
    arms: tuple[Arm, ...]
    rejections: tuple[tuple[Predicate, str], ...] = ()

    def following(self, slots: Mapping[str, object]) -> str:
        """The id of the step that comes next."""
        return next(arm.target for arm in self.arms if arm.condition is None or arm.condition.holds(slots))


@dataclass(frozen=True, slots=True)
class Program:
    """A flow ready to run."""

    name: str
    flow: Flow
    start: str
    instructions: Mapping[str, Instruction]
    guard: Predicate | None = None

    def opens(self, text: str, slots: Mapping[str, object]) -> bool:
        """Whether the flow may start for these words; a button's payload is nobody's words, and always may."""
        return self.guard is None or text.startswith("/") or self.guard.holds({**slots, MESSAGE: text})

    @property
    def collected(self) -> frozenset[str]:
        """The slots that the flow collects."""
        return frozenset(i.step.collect for i in self.instructions.values() if i.step.collect)

    @property
    def lasting(self) -> frozenset[str]:
        """The slots that it collects and that are kept when the flow ends."""
        return frozenset(
            i.step.collect for i in self.instructions.values() if i.step.collect and not i.step.reset_after_flow_ends
        )

    @property
    def optional(self) -> frozenset[str]:
        """The slots that it takes when they are said, and never asks for."""
        return frozenset(i.step.collect for i in self.instructions.values() if i.step.collect and i.step.optional)

    @property
    def required(self) -> frozenset[str]:
        """The slots that it asks for."""
        return self.collected - self.optional

    @property
    def calls(self) -> frozenset[str]:
        """The flows that it calls."""
        return frozenset(i.step.call for i in self.instructions.values() if i.step.call)

    @property
    def links(self) -> frozenset[str]:
        """The flows that it passes on to."""
        return frozenset(i.step.link for i in self.instructions.values() if i.step.link)


def family(programs: Mapping[str, Program], flow: str) -> frozenset[str]:
    """The flow with all that run inside it: flows that it calls, and what those call or pass on to."""
    found = {flow}
    waiting = set(programs[flow].calls)
    while waiting:
        name = waiting.pop()
        if name in programs and name not in found:
            found.add(name)
            waiting |= programs[name].calls | programs[name].links
    return frozenset(found)


def collected(programs: Mapping[str, Program], flow: str) -> frozenset[str]:
    """The slots that a flow collects, itself or by calling others."""
    return frozenset().union(*(programs[name].collected for name in family(programs, flow)))


def fleeting(programs: Mapping[str, Program], flow: str) -> frozenset[str]:
    """The slots that are forgotten when a flow and all that it called are over."""
    return collected(programs, flow).difference(*(programs[name].lasting for name in family(programs, flow)))


def compile_flow(name: str, flow: Flow) -> Program:
    """The flow as a program.

    A block of steps under `then` or `else` goes on, at its end, with the step after the branch.

    Raises:
        ValueError: a condition can not be parsed.
    """
    instructions = {instruction.id: instruction for instruction in _compile(flow.steps, prefix="", after=END)}
    guard = parse_predicate(flow.guard) if flow.guard else None
    return Program(name, flow, _id_of(flow.steps[0], "", 0), instructions, guard)


def _compile(steps: tuple[FlowStep, ...], *, prefix: str, after: str) -> Iterator[Instruction]:
    for position, step in enumerate(steps):
        own = _id_of(step, prefix, position)
        following = _id_of(steps[position + 1], prefix, position + 1) if position + 1 < len(steps) else after
        yield Instruction(own, step, tuple(_arms(step, own, following)), _rejections(step))
        for number, branch in enumerate(step.branches()):
            if not isinstance(branch.target, str):
                yield from _compile(branch.target, prefix=f"{own}.{number}.", after=following)


def _arms(step: FlowStep, own: str, following: str) -> Iterator[Arm]:
    if isinstance(step.next, str):
        yield Arm(None, step.next)
        return
    for number, branch in enumerate(step.branches()):
        target = branch.target
        where = target if isinstance(target, str) else _id_of(target[0], f"{own}.{number}.", 0)
        yield Arm(parse_predicate(branch.condition) if branch.condition else None, where)
    yield Arm(None, following)


def _rejections(step: FlowStep) -> tuple[tuple[Predicate, str], ...]:
    return tuple((parse_predicate(rejection.condition), rejection.utter) for rejection in step.rejections)


def _id_of(step: FlowStep, prefix: str, position: int) -> str:
    return step.id or f"{prefix}{position}_{step.kind}"
