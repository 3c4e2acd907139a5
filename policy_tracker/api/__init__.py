"""The JSON API below /v1, and the probes."""
