"""What all tests share: how hard hypothesis tries, and databases to work on."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases"]

# A deadline per example fails on a busy machine, not on a wrong program; pytest's own timeout catches what hangs.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))
