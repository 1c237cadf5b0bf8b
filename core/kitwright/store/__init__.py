"""The store: conversations as append-only, scrubbed events, what is read off them, vaults, and staff."""

from kitwright.store.activity import Activity, Found, State, Talk
from kitwright.store.audit import AuditEntry, AuditLog
from kitwright.store.canned import CannedReplies, CannedReply
from kitwright.store.figures import Figures, Timing, Unanswered, why_unanswered
from kitwright.store.ratings import Rating, Ratings
from kitwright.store.room import open_database
from kitwright.store.sql import SqlStore
from kitwright.store.staff import ROLES, Role, Staff, StaffMember
from kitwright.store.vaults import SqlVaults

__all__ = [
    "ROLES",
    "Activity",
    "AuditEntry",
    "AuditLog",
    "CannedReplies",
    "CannedReply",
    "Figures",
    "Found",
    "Rating",
    "Ratings",
    "Role",
    "SqlStore",
    "SqlVaults",
    "Staff",
    "StaffMember",
    "State",
    "Talk",
    "Timing",
    "Unanswered",
    "open_database",
    "why_unanswered",
]
