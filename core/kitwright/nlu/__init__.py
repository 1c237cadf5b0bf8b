"""Understanding: sentence vectors, intents, entities and scope of one scrubbed message."""

from kitwright.nlu.data import AnnotatedExample, ExampleEntity, NluData
from kitwright.nlu.entities import EntityFinder
from kitwright.nlu.intent_model import IntentModel
from kitwright.nlu.intent_settings import IntentSettings, TuningSettings
from kitwright.nlu.intent_training import kept_model, train, trained_model, training_pairs
from kitwright.nlu.parser import NluParser
from kitwright.nlu.payload import parse_payload
from kitwright.nlu.span_scores import SpanScore
from kitwright.nlu.step import understand_step
from kitwright.nlu.tagger import Finding, TaggedSpan, Tagging, TokenTagger
from kitwright.nlu.tagger_training import train_tagger, trained_tagging

__all__ = [
    "AnnotatedExample",
    "EntityFinder",
    "ExampleEntity",
    "Finding",
    "IntentModel",
    "IntentSettings",
    "NluData",
    "NluParser",
    "SpanScore",
    "TaggedSpan",
    "Tagging",
    "TokenTagger",
    "TuningSettings",
    "kept_model",
    "parse_payload",
    "train",
    "train_tagger",
    "trained_model",
    "trained_tagging",
    "training_pairs",
    "understand_step",
]
