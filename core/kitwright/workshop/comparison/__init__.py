"""Comparison: what prompting and fine-tuning each bring on a bot's own questions, at what cost, and which prompt."""

from kitwright.workshop.comparison.arm import ARMS, Arm
from kitwright.workshop.comparison.page import render
from kitwright.workshop.comparison.prompt_report import (
    build_prompt_report,
    require_writable,
    write_choice,
    write_prompt_report,
)
from kitwright.workshop.comparison.prompt_study import BUDGET, PromptStudy, prepare_prompts
from kitwright.workshop.comparison.report import build_report, write_report
from kitwright.workshop.comparison.study import Comparison, Study, answer_samples, prepare
from kitwright.workshop.comparison.verdict import ASPECTS

__all__ = [
    "ARMS",
    "ASPECTS",
    "BUDGET",
    "Arm",
    "Comparison",
    "PromptStudy",
    "Study",
    "answer_samples",
    "build_prompt_report",
    "build_report",
    "prepare",
    "prepare_prompts",
    "render",
    "require_writable",
    "write_choice",
    "write_prompt_report",
    "write_report",
]
