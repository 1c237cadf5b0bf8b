"""Whether an adapter may be served: its files are as registered, and all around it is as it was in training."""

from pathlib import Path

from kitwright.errors import AdapterMismatch, Fault
from kitwright.registry.binding import RETRAIN, AdapterBinding, Conditions
from kitwright.registry.version import MANIFEST, AdapterVersion, is_version_name
from kitwright.registry.weights import weight_faults


def misfits(folder: Path, found: Conditions) -> list[Fault]:
    """Every reason not to serve the adapter, in a few milliseconds and without loading a model.

    A folder that the registry did not make has no manifest, so its files are not compared with anything; its binding
    is needed all the same.

    Args:
        folder: of the adapter.
        found: what it would be served with.
    """
    if not folder.is_dir():
        hint = "promote another: kitwright adapters list; or mend `adapter:` in bot.yaml"
        return [Fault(code="KW304", place=str(folder), problem="no such adapter", hint=hint)]
    faults: list[Fault] = []
    if is_version_name(folder.name) or (folder / MANIFEST).exists():
        faults += AdapterVersion(folder).file_faults()
    try:
        binding = AdapterBinding.read(folder)
    except AdapterMismatch as error:
        return [*faults, *error.faults]
    differences = binding.differences(found)
    faults += [Fault(code="KW304", place=str(folder), problem=each, hint=RETRAIN) for each in differences]
    return [*faults, *weight_faults(folder, binding.rank)]


def require_fit(folder: Path, found: Conditions) -> None:
    """Refuse an adapter that is not as registered, or was trained with something else than `found`.

    Raises:
        AdapterMismatch: one fault for each difference.
    """
    faults = misfits(folder, found)
    if faults:
        raise AdapterMismatch(faults)
