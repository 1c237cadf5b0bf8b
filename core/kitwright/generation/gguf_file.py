"""The GGUF file that llama.cpp runs: a Llama-family model with, merged into its weights, an adapter.

Metadata and tokenizer are copied from the GGUF that the base model comes with; the weights are those that
transformers would run, rounded once. Made on first use and kept in the cache.
"""

import hashlib
import importlib.metadata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from kitwright.errors import Fault, ModelUnavailable
from kitwright.files import cached_folder, content_hash
from kitwright.generation.base_model import base_model_id
from kitwright.generation.causal_model import load_model
from kitwright.generation.embedded import embedded_gguf, embedded_model_folder
from kitwright.generation.transformers_backend import EMBEDDED

GgufPrecision = Literal["q8_0", "q4_0", "f16"]
Weights = npt.NDArray[np.float32]

_ARCHITECTURE: Final = "llama"
_FORMAT: Final = "1"
_FILE: Final = "model.gguf"
_LIBRARIES: Final = ("gguf", "peft", "torch", "transformers")
# Fields that say how the weights are stored, and those that the writer counts itself.
_OWN_FIELDS: Final = ("general.architecture", "general.file_type", "general.quantization_version")


def merged_gguf(
    model: str, adapter: Path | None, precision: GgufPrecision, *, progress: Callable[[str], None] | None = None
) -> Path:
    """The GGUF of a model with an adapter; made on first use, in about 20 s.

    Args:
        model: `embedded`, or a folder with a Hugging Face model of the Llama family and its GGUF.
        adapter: a folder with PEFT weights.
        precision: of the weights.
        progress: called with one line before a long stage.

    Raises:
        ModelUnavailable: the model can not be found, is of another family, or has no GGUF beside it.
        AdapterMismatch: the adapter does not fit the model.
        CacheUnusable: the cache folder is read-only or full.
    """
    base = base_gguf(model)
    folder = model_folder(model, progress=progress)

    def build(fresh: Path) -> None:
        if progress is not None:
            progress(f"writing the weights for llama.cpp as {precision} (once, about 20 s)")
        weights = load_model(folder, None, adapter, "float32").state_dict()
        write_gguf(base, {name: tensor.numpy() for name, tensor in weights.items()}, precision, fresh / _FILE)

    return cached_folder("gguf", _key(model, base, adapter, precision), build) / _FILE


def model_folder(model: str, *, progress: Callable[[str], None] | None = None) -> Path:
    """The folder with the model and tokenizer as transformers reads them.

    Raises:
        ModelUnavailable: the embedded model's package is not installed.
        CacheUnusable: the embedded model can not be unpacked.
    """
    return embedded_model_folder(progress=progress) if model == EMBEDDED else Path(model)


def base_gguf(model: str) -> Path:
    """The GGUF that comes with a model.

    Raises:
        ModelUnavailable: there is none, or more than one.
    """
    if model == EMBEDDED:
        return embedded_gguf()
    found = sorted(Path(model).glob("*.gguf"))
    if len(found) != 1:
        raise _refused(model, f"llama.cpp needs a folder with one GGUF file, and there are {len(found)}")
    return found[0]


def write_gguf(base: Path, weights: dict[str, Weights], precision: GgufPrecision, path: Path) -> None:
    """Write `weights`, named as transformers names them, with the metadata of `base`.

    Raises:
        ModelUnavailable: the model is not of the Llama family, or its weights are not those of its GGUF.
        OSError: the file can not be written.
    """
    import gguf

    reader = gguf.GGUFReader(str(base))
    writer = gguf.GGUFWriter(str(path), _ARCHITECTURE)
    try:
        _copy_fields(reader, writer)
        writer.add_file_type(gguf.LlamaFileType[_file_type(precision)])
        writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
        for name, values in _renamed(reader, weights, base):
            stored, kind = _stored(values, precision)
            writer.add_tensor(name, stored, raw_dtype=kind)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()


def _copy_fields(reader: Any, writer: Any) -> None:
    import gguf

    for field in reader.fields.values():
        if field.name.startswith("GGUF.") or field.name in _OWN_FIELDS:
            continue
        if field.types[0] == gguf.GGUFValueType.ARRAY:
            writer.add_array(field.name, field.contents())
        else:
            writer.add_key_value(field.name, field.contents(), field.types[0])


def _renamed(reader: Any, weights: dict[str, Weights], base: Path) -> Iterator[tuple[str, Weights]]:
    """The weights under the names that llama.cpp gives them, with query and key rows in its order."""
    import gguf

    if _field(reader, "general.architecture") != _ARCHITECTURE:
        raise _refused(str(base), "only models of the Llama family can be merged for llama.cpp")
    heads = int(_field(reader, "llama.attention.head_count"))
    key_heads = int(_field(reader, "llama.attention.head_count_kv") or heads)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, int(_field(reader, "llama.block_count")))
    missing = {tensor.name for tensor in reader.tensors}
    for theirs, values in weights.items():
        name = names.get_name(theirs, try_suffixes=(".weight",))
        if name not in missing:
            if theirs == "lm_head.weight":  # tied to the embedding, so it is stored once
                continue
            raise _refused(str(base), f"the model has weights that its GGUF has not: {theirs}")
        missing.remove(name)
        if name.endswith("attn_q.weight"):
            values = interleaved(values, heads)
        elif name.endswith("attn_k.weight"):
            values = interleaved(values, key_heads)
        yield name, values
    if missing:
        raise _refused(str(base), f"the GGUF has weights that the model has not: {min(missing)}")


def interleaved(values: Weights, heads: int) -> Weights:
    """Rows of a query or key matrix in llama.cpp's order.

    Rotary embedding turns pairs of rows. Hugging Face keeps the first and second halves of a head apart, llama.cpp
    keeps the two of a pair side by side.

    Args:
        values: shape (heads x size of a head, width).
        heads: how many there are.
    """
    return values.reshape(heads, 2, -1, values.shape[1]).swapaxes(1, 2).reshape(values.shape)


def _stored(values: Weights, precision: GgufPrecision) -> tuple[npt.NDArray[Any], Any]:
    """The values as they are written; norms, which are small and matter, stay in fp32."""
    import gguf

    kinds = gguf.GGMLQuantizationType
    if values.ndim == 1:
        return values, kinds.F32
    if precision == "f16":
        return values.astype(np.float16), kinds.F16
    kind = kinds[precision.upper()]
    return gguf.quants.quantize(values, kind), kind


def _file_type(precision: GgufPrecision) -> str:
    return f"MOSTLY_{precision.upper()}"


def _field(reader: Any, name: str) -> Any:
    field = reader.get_field(name)
    return None if field is None else field.contents()


def _key(model: str, base: Path, adapter: Path | None, precision: GgufPrecision) -> str:
    revision = base_model_id(model, None).revision or ""
    merged = [_hash(path) for path in sorted(adapter.glob("adapter_*")) if path.is_file()] if adapter else []
    libraries = [f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES]
    return content_hash(_FORMAT, revision, base.name, precision, *merged, *libraries)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return f"{path.name} {hashlib.file_digest(file, 'blake2b').hexdigest()}"


def _refused(model: str, problem: str) -> ModelUnavailable:
    hint = "use `kind: transformers`, which runs any model, or the model 'embedded'"
    return ModelUnavailable(Fault(code="KW301", place="model.model", problem=problem, value=model, hint=hint))
