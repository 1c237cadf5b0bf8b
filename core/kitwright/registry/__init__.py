"""The registry of trained adapters: immutable versions, bound to what they were trained with, one of them promoted."""

from kitwright.registry.binding import BINDING_FILE, AdapterBinding, Conditions
from kitwright.registry.fit import misfits, require_fit
from kitwright.registry.promotions import Promotion, Promotions
from kitwright.registry.registry import Registry
from kitwright.registry.version import AdapterVersion, Manifest

__all__ = [
    "BINDING_FILE",
    "AdapterBinding",
    "AdapterVersion",
    "Conditions",
    "Manifest",
    "Promotion",
    "Promotions",
    "Registry",
    "misfits",
    "require_fit",
]
