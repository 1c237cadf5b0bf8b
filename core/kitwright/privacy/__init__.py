"""Privacy: personal data become placeholders before anything else sees them, and come back to their owner only."""

from kitwright.privacy.explaining import Explained
from kitwright.privacy.keeping import read_terms
from kitwright.privacy.light_import import import_presidio
from kitwright.privacy.placeholder import PLACEHOLDER
from kitwright.privacy.policy import Entities, PrivacyPolicy
from kitwright.privacy.scrubber import PresidioScrubber
from kitwright.privacy.steps import restore_step, scrub_step
from kitwright.privacy.streaming import Restorer
from kitwright.privacy.vault import MemoryVault

__all__ = [
    "PLACEHOLDER",
    "Entities",
    "Explained",
    "MemoryVault",
    "PresidioScrubber",
    "PrivacyPolicy",
    "Restorer",
    "import_presidio",
    "read_terms",
    "restore_step",
    "scrub_step",
]
