"""Privacy: personal data become placeholders before anything else sees them, and come back to their owner only."""

from kitwright.privacy.anonymity import Anonymity, K, SmallGroup, anonymity
from kitwright.privacy.explaining import Explained
from kitwright.privacy.keeping import read_terms
from kitwright.privacy.light_import import import_presidio
from kitwright.privacy.policy import Entities, PrivacyPolicy
from kitwright.privacy.quasi import Quasi, quasi_identifiers
from kitwright.privacy.scrubber import PresidioScrubber
from kitwright.privacy.seal import Seal, vault_key
from kitwright.privacy.steps import restore_step, scrub_step
from kitwright.privacy.streaming import Restorer
from kitwright.privacy.tagger import taggers
from kitwright.privacy.vault import MemoryVault
from kitwright.types import PLACEHOLDER

__all__ = [
    "PLACEHOLDER",
    "Anonymity",
    "Entities",
    "Explained",
    "K",
    "MemoryVault",
    "PresidioScrubber",
    "PrivacyPolicy",
    "Quasi",
    "Restorer",
    "Seal",
    "SmallGroup",
    "anonymity",
    "import_presidio",
    "quasi_identifiers",
    "read_terms",
    "restore_step",
    "scrub_step",
    "taggers",
    "vault_key",
]
