"""Vectors of texts for search: encoded once, and kept in the cache under a hash of encoder and texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from kitwright.files import cached_folder, content_hash
from kitwright.protocols import Encoder
from kitwright.types import ScrubbedText

_FORMAT: Final = "4"
_FILE: Final = "dense.faiss"


def vector_index(texts: Sequence[str], encoder: Encoder, *, cache: Path | None = None) -> Any:
    """A FAISS inner-product index of the texts' vectors, in their order.

    Args:
        texts: what is searched in.
        encoder: asked only where the cache does not hold these texts.
        cache: folder for the vectors; the user's cache where left out.

    Raises:
        CacheUnusable: the cache folder can not be written.
    """
    import faiss

    def write(folder: Path) -> None:
        vectors = encoder.encode([ScrubbedText(text) for text in texts])
        dense = faiss.IndexFlatIP(vectors.shape[1] if texts else 1)
        if texts:
            dense.add(np.ascontiguousarray(vectors, dtype=np.float32))
        # Not faiss.write_index: on a full disk it raises a RuntimeError, which nobody takes for one.
        (folder / _FILE).write_bytes(faiss.serialize_index(dense).tobytes())

    folder = cached_folder("index", content_hash(_FORMAT, encoder.id, *texts), write, root=cache)
    return faiss.read_index(str(folder / _FILE))
