"""`python -m policy_tracker`: the command line."""

from policy_tracker.cli import main

main()
