"""What rooms expect of one another, as protocols, so that they meet without importing each other."""

from kitwright.protocols.kit_code import Check, CommandContext, Context, Objection, Policy, Screen, Tool, Verdict
from kitwright.protocols.models import Backend, Encoder
from kitwright.protocols.scrubbing import Scrubbed, Scrubber
from kitwright.protocols.storing import Deletion, KeptTurn, Store, TurnRecord, VaultStore, Watch, Watcher

__all__ = [
    "Backend",
    "Check",
    "CommandContext",
    "Context",
    "Deletion",
    "Encoder",
    "KeptTurn",
    "Objection",
    "Policy",
    "Screen",
    "Scrubbed",
    "Scrubber",
    "Store",
    "Tool",
    "TurnRecord",
    "VaultStore",
    "Verdict",
    "Watch",
    "Watcher",
]
