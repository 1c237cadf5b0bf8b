"""Serving: bots over HTTP, and a plain page to try them."""

from kitwright.serve.app import create_app

__all__ = ["create_app"]
