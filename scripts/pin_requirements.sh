#!/bin/sh
# Pins every direct and indirect dependency, with hashes, for all supported Pythons and platforms.
# Versions already pinned stay as they are; `make pin UPGRADE=--upgrade` takes the newest of all,
# UPGRADE="--upgrade-package NAME" of one. No index and no download address is written.
set -eu
cd "$(dirname "$0")/.."

pin() {
    output="$1"
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header --no-config \
        ${UPGRADE:-} --output-file "requirements/$output" "$@"
}

pin bootstrap.txt requirements/bootstrap.in
pin dev.txt --extra dev --constraints requirements/bootstrap.txt pyproject.toml
# What runs is what was tested: the runtime's pins are a part of the tested ones.
pin runtime.txt --constraints requirements/dev.txt pyproject.toml
