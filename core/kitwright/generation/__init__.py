"""Language models: the embedded one, servers, a fake, and the step that drafts an answer with them."""

from kitwright.generation.echo import EchoBackend
from kitwright.generation.embedded import embedded_model_folder
from kitwright.generation.openai_compatible import OpenAICompatibleBackend
from kitwright.generation.sampling import Sampling
from kitwright.generation.settings import (
    EchoSettings,
    ModelSettings,
    OpenAICompatibleSettings,
    TransformersSettings,
    build_backend,
)
from kitwright.generation.step import Gate, generate_step
from kitwright.generation.transformers_backend import TransformersBackend

__all__ = [
    "EchoBackend",
    "EchoSettings",
    "Gate",
    "ModelSettings",
    "OpenAICompatibleBackend",
    "OpenAICompatibleSettings",
    "Sampling",
    "TransformersBackend",
    "TransformersSettings",
    "build_backend",
    "embedded_model_folder",
    "generate_step",
]
