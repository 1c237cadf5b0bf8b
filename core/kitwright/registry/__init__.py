"""The registry of trained adapters; first of all, what an adapter is bound to."""

from kitwright.registry.binding import BINDING_FILE, AdapterBinding

__all__ = ["BINDING_FILE", "AdapterBinding"]
