"""Makes sure that a Chromium is there for the browser tests, and says which."""

import subprocess
import sys
from pathlib import Path

from tests.browser import BrowserMissingError, find_chromium

PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-liberation")
APT_INSTALL = Path(__file__).with_name("apt_install.sh")


def main() -> int:
    """Find Chromium, or install it; exit with 1 and one sentence where neither is possible."""
    try:
        print(f"Chromium: {find_chromium()}")
    except BrowserMissingError:
        subprocess.run(["sh", APT_INSTALL, *PACKAGES], check=False)
        try:
            print(f"Chromium: {find_chromium()}")
        except BrowserMissingError as missing:
            print(missing, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
