"""The leak test: a bot is told values that nobody has, and everything that it could write is searched for them."""

from kitwright.workshop.privacy.leaks.audit import DOORS, Door, audit_bot, audit_server
from kitwright.workshop.privacy.leaks.result import AuditResult, Leak

__all__ = ["DOORS", "AuditResult", "Door", "Leak", "audit_bot", "audit_server"]
