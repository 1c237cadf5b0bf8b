"""Checks across a kit's files: everything that one file names must be in another."""

from pathlib import Path

from kitwright.kit.checks.conversations import check_tests
from kitwright.kit.checks.domain import check_domain
from kitwright.kit.checks.flows import check_flows
from kitwright.kit.checks.nlu import check_nlu
from kitwright.kit.checks.references import check_evals, check_guard, check_manifest, check_privacy, check_recipes
from kitwright.kit.checks.simulations import check_simulations
from kitwright.kit.folder import KitFolder
from kitwright.kit.reading import KitFiles

__all__ = ["check_files"]


def check_files(kit: KitFolder, files: KitFiles, training_data: Path | None) -> None:
    """Run every check; faults are noted in `kit`."""
    check_manifest(kit, files, training_data)
    check_recipes(kit, files, training_data)
    if files.domain is None or files.domain_document is None:
        return  # nearly everything refers to the domain: without it all else would be noise
    check_domain(kit, files, files.domain, files.domain_document)
    check_nlu(kit, files, files.domain, files.domain_document)
    check_flows(kit, files, files.domain)
    check_guard(kit, files, files.domain)
    check_privacy(kit, files, files.domain)
    check_evals(kit, files, files.domain)
    check_tests(kit, files, files.domain)
    check_simulations(kit, files, files.domain)
