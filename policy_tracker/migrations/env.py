"""Alembic's environment: with a connection that the caller holds (the program migrating itself), or
with the database of the settings.
"""

from logging.config import fileConfig

from alembic import context
from sqlalchemy import Connection

from policy_tracker.migrations.compared import import_tables, include_name, include_object
from policy_tracker.settings import read_settings
from policy_tracker.store.database import alone, open_engine
from policy_tracker.store.metadata import TableRow


def run(connection: Connection) -> None:
    """Run the migrations asked for, inside the connection's transaction."""
    import_tables()
    context.configure(
        connection=connection,
        target_metadata=TableRow.metadata,
        include_object=include_object,
        include_name=include_name,
        render_as_batch=True,
        compare_type=True,
        user_module_prefix="sqlmodel.sql.sqltypes.",
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    message = "migrations run on a database: --sql is not supported"
    raise SystemExit(message)

held = context.config.attributes.get("connection")
if held is not None:
    run(held)
else:
    if context.config.config_file_name:
        fileConfig(context.config.config_file_name, disable_existing_loggers=False)
    with alone(open_engine(read_settings().database)) as connection:
        run(connection)
