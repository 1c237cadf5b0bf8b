"""Evaluation: how well levels, conditions, readings and interviews come out, by the metrics of the field."""
