"""Loading a kit: read all files, check each and all against each other, and report every fault at once."""

from collections.abc import Sequence
from pathlib import Path

from kitwright.dataset import Simulation
from kitwright.files import validate_into
from kitwright.kit.checks import check_files
from kitwright.kit.code import KitCode
from kitwright.kit.finding import KIT_FILE, find_kits, find_training_data, pick
from kitwright.kit.folder import KitFolder
from kitwright.kit.kit import Kit, KitEval
from kitwright.kit.manifest import KitManifest
from kitwright.kit.reading import KitFiles, read_files
from kitwright.nlu.data import NluData, merge
from kitwright.privacy import PrivacyPolicy


def load_kit(name: str, *, kit_paths: Sequence[Path] = (), with_code: bool = False) -> Kit:
    """The kit called `name`.

    Args:
        name: a kit that `find_kits` finds.
        kit_paths: folders to look in first.
        with_code: also import the kit's code, so that its faults are among those reported.

    Raises:
        UsageError: there is no such kit.
        FaultsFound: all that is wrong with its files.

    Example:
        >>> load_kit("clothing_support").manifest.language  # doctest: +SKIP
        'en'
    """
    root = pick("kit", name, find_kits(kit_paths))
    folder = KitFolder(root, f"kits/{root.name}")
    document = folder.yaml(KIT_FILE, folder.show(KIT_FILE))
    manifest = validate_into(folder.faults, KitManifest, document) if document else None
    if document is None or manifest is None:
        folder.faults.raise_if_any()
        raise AssertionError("a manifest that can not be read has faults")
    files = read_files(folder, manifest, document)
    data = find_training_data(manifest.training_data, root) if manifest.training_data else None
    check_files(folder, files, data)
    code = KitCode(root.name, root, manifest.code, document.place)
    if with_code:
        with folder.faults.collecting():
            code.load()
    kit_hash = folder.hash()
    folder.faults.raise_if_any()
    return _assembled(folder, kit_hash, files, code, data)


def _assembled(folder: KitFolder, kit_hash: str, files: KitFiles, code: KitCode, training_data: Path | None) -> Kit:
    if files.domain is None or files.guard is None or files.privacy is None:
        raise AssertionError("a file that can not be read has faults")
    nlu = merge(part for part in files.nlu if part)
    return Kit(
        root=folder.root,
        hash=kit_hash,
        manifest=files.manifest,
        domain=files.domain,
        flows=files.flows,
        nlu=nlu,
        prompts=files.prompts,
        passages=files.passages,
        guard=files.guard,
        privacy=_with_vocabulary(files.privacy, nlu),
        recipes=files.recipes,
        evals=tuple(
            KitEval(entry.name, entry.kind, folder.root / entry.file, entry.floors, tuple(samples.values()))
            for entry, samples in files.evals
        ),
        tests=tuple(test for _, tests in files.tests for test in tests),
        code=code,
        training_data=training_data,
        simulation=_simulation(files),
    )


def _with_vocabulary(policy: PrivacyPolicy, nlu: NluData) -> PrivacyPolicy:
    """The policy, which lets the words of the domain stay: what the lookups list is no name of a person."""
    words = dict.fromkeys((*policy.keep_terms, *(word for words in nlu.lookups.values() for word in words)))
    return policy.model_copy(update={"keep_terms": tuple(words)})


def _simulation(files: KitFiles) -> Simulation | None:
    goals = tuple(goal for _, file in files.simulations for goal in file.goals)
    manners = [file.manners for _, file in files.simulations if file.manners is not None]
    return Simulation(goals, *manners) if goals else None
