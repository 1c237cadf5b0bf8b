"""The changes of the schema, one file each, in order; Alembic runs them."""
