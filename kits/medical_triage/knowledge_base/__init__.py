"""The knowledge base: findings, conditions and rules, read from the kit's YAML."""
