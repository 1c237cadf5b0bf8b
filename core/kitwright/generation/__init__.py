"""Language models: the embedded one, servers, a fake, and the step that drafts an answer with them."""

from kitwright.generation.base_model import BaseModelId, base_model_id
from kitwright.generation.echo import EchoBackend
from kitwright.generation.embedded import embedded_model_folder
from kitwright.generation.gguf_file import merged_gguf
from kitwright.generation.llama_cpp_backend import LlamaCppBackend
from kitwright.generation.openai_compatible import OpenAICompatibleBackend
from kitwright.generation.sampling import Sampling
from kitwright.generation.settings import (
    EchoSettings,
    LlamaCppSettings,
    ModelSettings,
    OpenAICompatibleSettings,
    TransformersSettings,
    build_backend,
)
from kitwright.generation.step import Gate, generate_step
from kitwright.generation.transformers_backend import TransformersBackend

__all__ = [
    "BaseModelId",
    "EchoBackend",
    "EchoSettings",
    "Gate",
    "LlamaCppBackend",
    "LlamaCppSettings",
    "ModelSettings",
    "OpenAICompatibleBackend",
    "OpenAICompatibleSettings",
    "Sampling",
    "TransformersBackend",
    "TransformersSettings",
    "base_model_id",
    "build_backend",
    "embedded_model_folder",
    "generate_step",
    "merged_gguf",
]
