"""Kits: finding, loading and checking them, the code they bring, bot files, and the skeleton of a new kit."""

from kitwright.kit.bot_file import BotFile, ExampleSettings, load_bot_file
from kitwright.kit.code import KitCode
from kitwright.kit.conversations import all_conversations, conversations, conversations_hash
from kitwright.kit.finding import find_bots, find_kits
from kitwright.kit.kit import Kit, KitEval
from kitwright.kit.loading import load_kit
from kitwright.kit.schemas import schema_files
from kitwright.kit.skeleton import new_kit
from kitwright.kit.tool_spec import ToolSpec

__all__ = [
    "BotFile",
    "ExampleSettings",
    "Kit",
    "KitCode",
    "KitEval",
    "ToolSpec",
    "all_conversations",
    "conversations",
    "conversations_hash",
    "find_bots",
    "find_kits",
    "load_bot_file",
    "load_kit",
    "new_kit",
    "schema_files",
]
