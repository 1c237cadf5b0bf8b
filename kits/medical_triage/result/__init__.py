"""The result: what a person and a clinician are given of an assessment."""
