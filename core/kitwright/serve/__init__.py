"""Serving: bots over HTTP, for visitors, for clients that speak other protocols, and for the staff."""

from kitwright.serve.app import create_app
from kitwright.serve.desk import Desk, History
from kitwright.serve.event import ServerEvent
from kitwright.serve.settings import ServeSettings, read_settings

__all__ = ["Desk", "History", "ServeSettings", "ServerEvent", "create_app", "read_settings"]
