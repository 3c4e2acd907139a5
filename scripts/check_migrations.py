"""Checks on SQLite and on PostgreSQL that the migrations make exactly the tables that the code
declares.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tests.postgres_server import temporary_server

ALEMBIC = Path(sys.executable).with_name("alembic")


def main() -> int:
    """Migrate an empty database of each kind to the head, then ask for differences; exit with 1 if
    there is any.
    """
    with tempfile.TemporaryDirectory(prefix="policy-tracker-migrations-") as folder:
        clean = _check("SQLite", f"sqlite:///{folder}/checked.sqlite")
    with temporary_server() as conninfo:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute("CREATE DATABASE checked")
        clean &= _check(
            "PostgreSQL",
            f"postgresql+psycopg://postgres@/checked?host={conninfo_to_dict(conninfo)['host']}",
        )
    return 0 if clean else 1


def _check(name: str, url: str) -> bool:
    print(f"Migrations on {name}:", flush=True)
    environment = os.environ | {"POLICY_TRACKER_DATABASE_URL": url}
    return all(
        subprocess.run([ALEMBIC, *step], env=environment, check=False).returncode == 0
        for step in (["upgrade", "head"], ["check"])
    )


if __name__ == "__main__":
    sys.exit(main())
