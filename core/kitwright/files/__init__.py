"""Files that Kitwright reads and the cache that it keeps."""

from kitwright.files.cache import cache_root, cached_folder, content_hash, data_root, write_atomically
from kitwright.files.faults import Faults, closest
from kitwright.files.front_matter import read_front_matter
from kitwright.files.key_file import KeyFile
from kitwright.files.origin import origin, versions
from kitwright.files.processor import multiplies_bf16
from kitwright.files.quiet import no_progress_bars
from kitwright.files.strict import Strict, only_kind
from kitwright.files.text import read_text
from kitwright.files.validation import validate, validate_into
from kitwright.files.yaml_document import YamlDocument, parse_yaml, read_yaml

__all__ = [
    "Faults",
    "KeyFile",
    "Strict",
    "YamlDocument",
    "cache_root",
    "cached_folder",
    "closest",
    "content_hash",
    "data_root",
    "multiplies_bf16",
    "no_progress_bars",
    "only_kind",
    "origin",
    "parse_yaml",
    "read_front_matter",
    "read_text",
    "read_yaml",
    "validate",
    "validate_into",
    "versions",
    "write_atomically",
]
