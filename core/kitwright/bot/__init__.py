"""Bots: assembled from a kit, a model and settings; they answer messages."""

from kitwright.bot.assembly import assemble, default_store_url, load_bot, store_of
from kitwright.bot.bot import Bot, StreamEvent
from kitwright.bot.examples import examples_of
from kitwright.bot.mode import ASKED, Mode, is_restart, mode_after, mode_of
from kitwright.bot.notes import retriever_of
from kitwright.bot.people import People
from kitwright.bot.pipeline import checked_order, run_steps
from kitwright.bot.reply import reply_of, sources_of
from kitwright.bot.request import Request
from kitwright.bot.rights import Forgotten, exported, forget
from kitwright.bot.tuned import adapter_faults, binding_of, conditions_of, tuned_backend
from kitwright.bot.writing import prompt_writer

__all__ = [
    "ASKED",
    "Bot",
    "Forgotten",
    "Mode",
    "People",
    "Request",
    "StreamEvent",
    "adapter_faults",
    "assemble",
    "binding_of",
    "checked_order",
    "conditions_of",
    "default_store_url",
    "examples_of",
    "exported",
    "forget",
    "is_restart",
    "load_bot",
    "mode_after",
    "mode_of",
    "prompt_writer",
    "reply_of",
    "retriever_of",
    "run_steps",
    "sources_of",
    "store_of",
    "tuned_backend",
]
