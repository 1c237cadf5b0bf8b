"""Settings of the differential, fitted on the kit's development cases."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What the model assumes.

    Args:
        prior_weight: exponent of the base rates: who asks for help is not who has a condition.
        evidence_weight: exponent of the findings' likelihoods, below 1 since findings go together.
        told: share of a person's findings that a first message names, for findings nobody asked about.
        leak: chance of a finding that a condition does not list, as a share of its chance among all who ask.
        least_chance: of any finding in any condition.
        background: least chance of a finding that is no symptom or sign, such as pregnancy, in any condition.
        against: factor on the leak for findings that speak against a condition.
        other: prior share of "none of these".
        cut_risk: most that all risk factors together may multiply odds by.
    """

    prior_weight: float = 0.5
    evidence_weight: float = 0.7
    told: float = 0.3
    leak: float = 0.3
    least_chance: float = 0.004
    background: float = 0.02
    against: float = 0.15
    other: float = 0.01
    cut_risk: float = 30.0


DEFAULT = Settings()
