"""Which model a name stands for, and in which revision: what an adapter is bound to."""

import hashlib
import re
from pathlib import Path
from typing import Final, NamedTuple

from kitwright.files import cached_folder, content_hash
from kitwright.generation.embedded import NAME, embedded_revision
from kitwright.generation.transformers_backend import EMBEDDED

_COMMIT: Final = re.compile(r"[0-9a-f]{40}")
_WEIGHTS: Final = ("*.safetensors", "*.bin", "*.gguf")
_HASHED: Final = "blake2b"


class BaseModelId(NamedTuple):
    """A base model.

    Args:
        name: Hugging Face id, or the folder's name without its path, which differs from machine to machine.
        revision: commit, or content hash of the weights; None for a Hugging Face id that is not downloaded yet.
    """

    name: str
    revision: str | None


def base_model_id(model: str, revision: str | None) -> BaseModelId:
    """What `model` is; nothing is loaded or downloaded.

    Args:
        model: `embedded`, a folder, or a Hugging Face id.
        revision: of a Hugging Face id.

    Raises:
        ModelUnavailable: the package with the embedded model is not installed.
        CacheUnusable: the hash of a folder's weights can not be kept.
    """
    if model == EMBEDDED:
        return BaseModelId(NAME, embedded_revision())
    folder = Path(model)
    if folder.is_dir():
        return BaseModelId(folder.resolve().name, _folder_revision(folder))
    return BaseModelId(model, _commit(model, revision))


def _commit(model: str, revision: str | None) -> str | None:
    if revision and _COMMIT.fullmatch(revision):
        return revision
    from huggingface_hub import try_to_load_from_cache

    for name in ("config.json", "tokenizer_config.json"):
        found = try_to_load_from_cache(model, name, revision=revision)
        if isinstance(found, str):
            return Path(found).parent.name
    return None


def _folder_revision(folder: Path) -> str:
    files = sorted({path for pattern in _WEIGHTS for path in folder.glob(pattern) if path.is_file()})
    return content_hash(*(part for path in files for part in (path.name, _file_hash(path))))


def _file_hash(path: Path) -> str:
    """Hash of a weights file, kept in the cache: reading many gigabytes again at every start would take a minute."""
    state = path.stat()
    key = content_hash(str(path.resolve()), str(state.st_size), str(state.st_mtime_ns))

    def build(folder: Path) -> None:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "blake2b").hexdigest()
        (folder / _HASHED).write_text(digest, encoding="ascii")

    return (cached_folder("weights_hash", key, build) / _HASHED).read_text(encoding="ascii")
