"""Alembic's environment: migrates over the connection it is given by `kitwright.store.schema`."""

from alembic import context

from kitwright.store.tables import TABLES

# The caller has begun the transaction, and ends it: SQLite's driver would end it at each change of a table.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TABLES,
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
