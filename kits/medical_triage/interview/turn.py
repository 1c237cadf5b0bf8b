"""A turn of the interview: from a session and a message to the next session and what is said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from ..assessment import Assessment, Assessor
from ..case.case import Case, Sex
from ..interview.answer import answered, wish_of, word_of
from ..interview.choosing import Progress, asked_by, next_question
from ..interview.question import Question
from ..interview.session import Session
from ..knowledge_base.identity import parent_of
from ..knowledge_base.level import Level
from ..reading.ages import age_in
from ..reading.phrases import listed
from ..reading.reader import Reading
from ..result.advice import advice_text
from ..result.texts import Texts

_CORRECTS: Final = re.compile(rf"\b(?:{'|'.join(listed('corrections'))})\b", re.IGNORECASE)
_PLAIN_AGE: Final = re.compile(
    r"^\W*(?:(?:i am|i'm|im|he is|he's|she is|she's|about|age|aged|nearly|almost)\s+)*"
    r"(\d{1,3})\b(?!\s*(?:week|month|day))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in a turn.

    Args:
        text: to the person.
        why: for the trace.
        session: to be kept.
        question: that is open now.
        handoff: whether a person is to take over.
    """

    text: str
    why: str
    session: Session
    question: Question | None = None
    handoff: bool = False


class Interview:
    """Holds interviews.

    Args:
        assessor: assesses cases.
        settings: of bot.yaml.
    """

    def __init__(self, assessor: Assessor, settings: Mapping[str, object] | None = None) -> None:
        self._assessor = assessor
        self._texts = Texts(settings)

    def screen(self, session: Session, text: str) -> Said | None:
        """The answer to a message that the rules call an emergency or a crisis; None to go on."""
        learnt, _, _ = self._learn(session, text)
        assessment = self._assessor.assess(learnt.case)
        new = [rule for rule in assessment.rules if rule.id not in session.rules]
        speaks = any(rule.level >= Level.emergency or rule.crisis for rule in new)
        return self._result(learnt, assessment) if speaks else None

    def turn(self, session: Session, text: str, *, beside: bool = False) -> Said | None:
        """The answer to a message; None where it is not about the interview.

        Args:
            session: how far it is.
            text: the message.
            beside: whether it reads as small talk or a question about the assistant; then only what tells a finding,
                or answers an open question, belongs to the interview.
        """
        wish = wish_of(text)
        if wish and (session.question or session.told):
            said = self._wished(session, wish)
            if said:
                return said
        learnt, relevant, understood = self._learn(session, text)
        if beside and not (relevant and self._tells_trouble(session, learnt)):
            return None
        if not relevant and session.question is None:
            return self._pushed_back(session) if session.told and session.told >= Level.urgent else None
        if not understood and session.question is not None and not relevant:
            return self._again(session)
        return self._go_on(learnt)

    def _tells_trouble(self, before: Session, after: Session) -> bool:
        """Whether a message told a symptom or a sign, or answered a question; a medicine alone is asked about."""
        new = [finding for finding in after.case.present() if finding not in before.case.evidence]
        kinds = {self._assessor.base.findings[parent_of(finding)].kind for finding in new}
        return before.question is not None or bool(kinds & {"symptom", "sign"})

    def _go_on(self, session: Session) -> Said:
        assessment = self._assessor.assess(session.case)
        question = next_question(self._assessor, assessment, Progress(session.asked, session.questions))
        if question is None:
            return self._result(session, assessment)
        asked = replace(
            session,
            question=question,
            asked=(*session.asked, *asked_by(question)),
            questions=session.questions + 1,
            floor=max(session.floor, *(rule.level for rule in assessment.rules), Level.self_care),
            rules=tuple(rule.id for rule in assessment.rules),
        )
        return Said(question.text, f"asked about {', '.join(question.about) or question.kind}", asked, question)

    def _result(self, session: Session, assessment: Assessment) -> Said:
        level = max(assessment.level, session.floor)
        assessment = replace(assessment, level=level)
        ended = replace(
            session,
            question=None,
            floor=level,
            told=level,
            crisis=session.crisis or assessment.is_crisis,
            rules=tuple(rule.id for rule in assessment.rules),
        )
        text = advice_text(self._assessor.base, assessment, self._texts)
        why = f"level {level.name}" + (
            f" by rule {assessment.rules[0].id}" if assessment.rules else " by the conditions"
        )
        return Said(text, why, ended, handoff=assessment.is_crisis)

    def _wished(self, session: Session, wish: str) -> Said | None:
        question = session.question
        if wish == "restart":
            return self._go_on(Session())
        if wish == "back" and session.previous:
            before = session.before()
            if before.question:
                return Said(f"All right, once more. {before.question.text}", "went back", before, before.question)
        if question is None:
            return None
        if wish == "why":
            return Said(f"{question.why} {question.text}", "told why", session, question)
        if wish == "skip":
            return self._go_on(replace(session.remembering(), question=None))
        if wish == "stop":
            return self._result(session, self._assessor.assess(session.case))
        return None

    def _again(self, session: Session) -> Said:
        """The question once more, in other words around it; after the second time it is left."""
        question = session.question
        if question is None:
            return self._go_on(session)
        if session.asked[-1:] == ("again",):
            return self._go_on(replace(session.remembering(), question=None))
        kept = replace(session, asked=(*session.asked, "again"))
        return Said(f"I did not quite get that. {question.text}", "asked again", kept, question)

    def _pushed_back(self, session: Session) -> Said:
        """The same level again, with help to act on it: doubts and obstacles never lower it."""
        level = session.told or Level.urgent
        parts = [self._texts.first(level), self._texts.said("levels", level.name, "act")]
        if session.crisis:
            parts = [self._texts.said("crisis", "first"), *self._texts.lines("crisis", "do")]
        else:
            parts.insert(1, self._texts.said("unchanged"))
        return Said("\n\n".join(parts), f"stayed at {level.name}", session, handoff=session.crisis)

    def _learn(self, session: Session, text: str) -> tuple[Session, bool, bool]:
        """The session with what a message tells; whether it told anything; whether it answered the open question."""
        question = session.question
        about = question.about[0].partition("/")[0] if question and question.about else None
        reading = self._assessor.reader.read(text, asked=about)
        answer = answered(self._assessor, question, text, reading) if question else None
        case = self._with(session.case, reading, question, text)
        if answer is not None:
            case = case.learn(answer)
        told = bool(reading.evidence or reading.measures) or (question is not None and case != session.case)
        understood = answer is not None and (
            question is None
            or question.kind in {"yes_no", "choice"}
            or case != session.case
            or word_of(text) == "unknown"
        )
        learnt = replace(session.remembering(), case=case, question=None if understood or told else question)
        if _CORRECTS.search(text) and _takes_back(session.case, case):
            learnt = replace(learnt, floor=Level.self_care)
        return learnt, told or understood, understood

    def _with(self, case: Case, reading: Reading, question: Question | None, text: str) -> Case:
        age, sex = reading.person.age_months, reading.person.sex
        if question and question.kind == "age" and age is None:
            plain = _PLAIN_AGE.match(text)
            age = age_in(text) or (float(plain[1]) * 12 if plain and int(plain[1]) <= 120 else None)
        if question and question.kind == "sex" and sex is None:
            sex = _sex_word(text)
        keep_who = case.who if case.evidence and reading.person.who == "self" else reading.person.who
        return case.learn(
            reading.evidence,
            age_months=age
            if case.age_months is None or (question and question.kind == "age") or _CORRECTS.search(text)
            else None,
            sex=sex if case.sex is None or (question and question.kind == "sex") else None,
            who=keep_who,
            measures=reading.measures,
        )


def _takes_back(before: Case, after: Case) -> bool:
    """Whether a fact was corrected, not only regretted or doubted: what was there is denied, or an age is another."""
    denied = any(after.lacks(finding) for finding in before.present())
    return denied or (before.age_months is not None and before.age_months != after.age_months)


def _sex_word(text: str) -> Sex | None:
    word = text.strip().lower()
    if re.search(r"\b(?:female|woman|girl|f|she|lady)\b", word):
        return "female"
    if re.search(r"\b(?:male|man|boy|m|he|bloke|guy)\b", word):
        return "male"
    return None
