"""The visitors' API: conversations, messages, events, ratings, and the rights over one's own data."""

from kitwright.serve.api.router import visitor_router

__all__ = ["visitor_router"]
