"""Makes sure that a PostgreSQL server is there for the tests and really starts, and says which."""

import subprocess
import sys
from pathlib import Path

import psycopg

from tests.postgres_server import PostgresMissingError, find_server, temporary_server

PACKAGES = ("postgresql",)
APT_INSTALL = Path(__file__).with_name("apt_install.sh")


def main() -> int:
    """Find and try a server, or install one; exit with 1 and one sentence where neither is
    possible.
    """
    try:
        print(_described())
    except PostgresMissingError:
        subprocess.run(["sh", APT_INSTALL, *PACKAGES], check=False)
        try:
            print(_described())
        except PostgresMissingError as missing:
            print(missing, file=sys.stderr)
            return 1
    return 0


def _described() -> str:
    with temporary_server() as conninfo, psycopg.connect(conninfo) as connection:
        return f"PostgreSQL {connection.info.parameter_status('server_version')}: {find_server()}"


if __name__ == "__main__":
    sys.exit(main())
