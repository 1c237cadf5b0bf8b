"""The sentence encoder, one in memory for all rooms that read text: its network, its adapters, and what tunes them."""

from kitwright.encoder.embedded_encoder import (
    EmbeddedEncoder,
    embedded_encoder,
    is_installed,
    model_folder,
    vocabulary,
)
from kitwright.encoder.encoder_adapter import EncoderAdapter
from kitwright.encoder.hashing_encoder import HashingEncoder
from kitwright.encoder.noise import with_slips
from kitwright.encoder.reading import reading
from kitwright.encoder.remembered import Remembered
from kitwright.encoder.tags import OUTSIDE, Words, best_path, joined_words, stretches, tags_of
from kitwright.encoder.terms import lexical_form, spoken, terms
from kitwright.encoder.tower import LONGEST, Layer, Tower, pooled
from kitwright.encoder.tunable import TunableEncoder, batches, by_length, set_rate

__all__ = [
    "LONGEST",
    "OUTSIDE",
    "EmbeddedEncoder",
    "EncoderAdapter",
    "HashingEncoder",
    "Layer",
    "Remembered",
    "Tower",
    "TunableEncoder",
    "Words",
    "batches",
    "best_path",
    "by_length",
    "embedded_encoder",
    "is_installed",
    "joined_words",
    "lexical_form",
    "model_folder",
    "pooled",
    "reading",
    "set_rate",
    "spoken",
    "stretches",
    "tags_of",
    "terms",
    "vocabulary",
    "with_slips",
]
