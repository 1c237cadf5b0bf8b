"""A turn's trace as it is kept: what was scrubbed, understood, decided, retrieved, prompted and guarded, with times.

It holds scrubbed text only, as everything that is stored. The step that stores it is not in it: it is not over yet.
"""

from collections import Counter
from dataclasses import asdict

from kitwright.types import Prompt, Turn, Understanding


def turn_trace(turn: Turn) -> dict[str, object]:
    """What is kept of a turn for people who look into it later, JSON-able."""
    return {
        "steps": [entry.as_dict() for entry in turn.trace],
        "ms": round(sum(entry.ms for entry in turn.trace), 3),
        "text": turn.text or "",
        "hidden": Counter(span.label for span in turn.spans or ()),
        "understood": _understood(turn.understanding) if turn.understanding else None,
        "decision": _decided(turn),
        "passages": [
            {"id": found.passage.id, "title": found.passage.title, "score": round(found.score, 4), "shown": found.text}
            for found in turn.passages or ()
        ],
        "prompt": _prompted(turn.prompt) if turn.prompt else None,
        "draft": turn.draft,
        "checked": turn.checked,
    }


def _understood(understood: Understanding) -> dict[str, object]:
    return {
        "intents": [{"name": each.name, "confidence": round(each.confidence, 4)} for each in understood.intents[:5]],
        "entities": [asdict(entity) for entity in understood.entities],
        "in_scope": round(understood.in_scope, 4),
        "clauses": [{"text": part.text, "intent": part.understanding.intent.name} for part in understood.parts],
    }


def _decided(turn: Turn) -> dict[str, object] | None:
    decision = turn.decision
    if decision is None:
        return None
    return {
        "kind": decision.kind,
        "why": decision.why,
        "query": decision.query,
        "texts": list(decision.texts),
        "events": [{"kind": event.kind, "data": dict(event.data)} for event in decision.events],
    }


def _prompted(prompt: Prompt) -> dict[str, object]:
    """The prompt without the system message, which is the same on every turn and long."""
    said = [{"role": each.role, "content": each.content} for each in prompt.messages if each.role != "system"]
    return {"tokens": prompt.tokens, "variants": dict(prompt.variants), "messages": said}
