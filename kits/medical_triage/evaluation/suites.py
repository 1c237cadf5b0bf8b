"""The kit's evals, as `kitwright evaluate` runs them: each gives figures by name."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..assessment import Assessor, assessor, assessor_with
from ..evaluation.calibration import brier
from ..evaluation.intervals import Share, share
from ..evaluation.interviews import hold
from ..evaluation.levels import Judged, in_three_classes, level_scores
from ..evaluation.naming import same_condition
from ..evaluation.patients import patients
from ..evaluation.readings import reading_scores
from ..interview.session import Session
from ..interview.turn import Interview
from ..knowledge_base.level import Level

FOLDER: Final = Path(__file__).parent.parent / "evals"
DEVELOPMENT: Final = ("development", "development_emergencies", "development_worries")
"""Cases that the kit was made with; the others are for measuring."""
_PATIENTS: Final = 1000
_SEED: Final = 7
_TOP: Final = (1, 3, 5)


def vignettes(*, context: Mapping[str, Any]) -> dict[str, float]:
    """Levels and conditions of written cases."""
    return _values(vignette_scores(assessor_with(context["encode"])))


def vignette_scores(worker: Assessor, name: str = "vignettes") -> dict[str, Share]:
    """Scores of levels and conditions of a file of cases.

    Returns:
        Those of `level_scores`; `three_classes` and `three_classes_safety`; `top1`, `top3`, `top5`: the share of all
        cases whose condition is among the first so many; `covered`: that have an entry in the knowledge base.
    """
    judged: list[Judged] = []
    ranks: list[int | None] = []
    covered: list[bool] = []
    for case in read(name):
        assessment = worker.assess(worker.read(case["text"], age=case.get("age"), sex=case.get("sex")))
        judged.append(judged_case(case, assessment.level))
        hits = [same_condition(each.condition.names(), case["conditions"]) for each in assessment.likely]
        ranks.append(hits.index(True) + 1 if True in hits else None)
        names = (condition.names() for condition in worker.base.conditions.values())
        covered.append(any(same_condition(each, case["conditions"]) for each in names))
    classes = [in_three_classes(each) for each in judged]
    return {
        **level_scores(judged),
        "three_classes": level_scores(classes)["accuracy"],
        "three_classes_safety": level_scores(classes)["safety"],
        **{f"top{k}": share([rank is not None and rank <= k for rank in ranks]) for k in _TOP},
        "covered": share(covered),
    }


def stated_emergencies(*, context: Mapping[str, Any]) -> dict[str, float]:
    """Emergencies found in the message that states them, by rules and words alone and with everything."""
    cases = read("stated_emergencies")
    screened = [_level_by_words(case) for case in cases]
    worker = assessor_with(context["encode"])
    assessed = [
        worker.assess(worker.read(case["text"], age=case.get("age"), sex=case.get("sex"))).level for case in cases
    ]
    return _values(
        {
            "found_by_rules": share([level >= Level.emergency for level in screened]),
            "found": share([level >= Level.emergency for level in assessed]),
        }
    )


def worries(*, context: Mapping[str, Any]) -> dict[str, float]:
    """Benign worries: how many are called emergencies, and how many are told the right level."""
    worker = assessor_with(context["encode"])
    cases = read("worries")
    judged = [
        judged_case(c, worker.assess(worker.read(c["text"], age=c.get("age"), sex=c.get("sex"))).level) for c in cases
    ]
    scores = level_scores(judged)
    return _values({name: scores[name] for name in ("false_emergency", "accuracy", "over")})


def push_back() -> dict[str, float]:
    """Dialogues in which somebody pushes back: whether a level ever falls."""
    fell = [_fell(case["turns"]) for case in read("push_back")]
    return _values({"never_fell": share([not each for each in fell])})


def reading(*, context: Mapping[str, Any]) -> dict[str, float]:
    """What is read of annotated sentences, against what a careful reader takes down."""
    worker = assessor_with(context["encode"])
    return reading_scores(worker, read("reading"))


def interviews() -> dict[str, float]:
    """Interviews with simulated patients of the knowledge base."""
    worker = assessor()
    held = hold(worker, patients(worker.base, _PATIENTS, _SEED))
    return {
        **_values({f"top{k}": share([one.rank is not None and one.rank <= k for one in held]) for k in _TOP}),
        "questions": sum(one.questions for one in held) / len(held),
        "brier": brier([(one.probability, one.rank == 1) for one in held]),
    }


def judged_case(case: Mapping[str, Any], predicted: Level) -> Judged:
    """A case with what came out."""
    gold = Level[case["level"]]
    return Judged(gold, frozenset({gold, *(Level[name] for name in case.get("accept", ()))}), predicted)


def read(name: str) -> list[dict[str, Any]]:
    """The cases of one of the kit's eval files."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _level_by_words(case: Mapping[str, Any]) -> Level:
    worker = assessor()
    known = worker.assess(worker.read(case["text"], age=case.get("age"), sex=case.get("sex")))
    return max((rule.level for rule in known.rules), default=Level.self_care)


def _fell(turns: list[str]) -> bool:
    """Whether the level that a person was told ever falls in a dialogue."""
    interview, session, highest = Interview(assessor()), Session(), Level.self_care
    for text in turns:
        said = interview.screen(session, text) or interview.turn(session, text)
        if said is None:
            continue
        session = said.session
        if session.told is not None:
            if session.told < highest:
                return True
            highest = session.told
    return False


def _values(scores: Mapping[str, Share]) -> dict[str, float]:
    return {name: score.value for name, score in scores.items()}
