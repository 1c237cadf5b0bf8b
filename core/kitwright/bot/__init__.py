"""Bots: assembled from a kit, a model and settings; they answer messages."""

from kitwright.bot.assembly import assemble, default_store_url, load_bot
from kitwright.bot.bot import Bot, StreamEvent
from kitwright.bot.pipeline import checked_order, run_steps

__all__ = ["Bot", "StreamEvent", "assemble", "checked_order", "default_store_url", "load_bot", "run_steps"]
