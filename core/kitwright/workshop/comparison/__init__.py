"""Comparison: what prompting and fine-tuning each bring on a bot's own questions, at what cost."""

from kitwright.workshop.comparison.arm import ARMS, Arm
from kitwright.workshop.comparison.page import render
from kitwright.workshop.comparison.report import build_report, write_report
from kitwright.workshop.comparison.study import Comparison, Study, answer_samples, prepare

__all__ = ["ARMS", "Arm", "Comparison", "Study", "answer_samples", "build_report", "prepare", "render", "write_report"]
