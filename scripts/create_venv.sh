#!/bin/sh
# create_venv.sh FOLDER [PYTHON]: a virtual environment of the first Python that is new enough, or of the one named.
set -eu

folder="$1"
candidates="${2:-python3 python3.13 python3.12 python3.11 python3.14 python}"
needed="Python 3.11 or newer"

version_of() {
    "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' </dev/null 2>/dev/null
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1
}

can_make_environments() {
    "$1" -c 'import ensurepip, venv' </dev/null >/dev/null 2>&1
}

create() {
    echo "Creating $folder with $1 ($(version_of "$1"))."
    "$1" -m venv --clear "$folder"
}

seen=""
without_venv=""
for candidate in $candidates; do
    version="$(version_of "$candidate" || true)"
    [ -n "$version" ] || continue
    seen="$seen, $candidate is $version"
    new_enough "$candidate" || continue
    if can_make_environments "$candidate"; then
        create "$candidate"
        exit 0
    fi
    without_venv="${without_venv:-$candidate}"
done

if [ -n "$without_venv" ]; then
    # Debian ships the venv module apart from Python.
    package="python$(version_of "$without_venv" | cut -d. -f1-2)-venv"
    if sh "$(dirname "$0")/apt_install.sh" "$package" && can_make_environments "$without_venv"; then
        create "$without_venv"
        exit 0
    fi
    echo "$without_venv lacks the venv module: install it (on Debian or Ubuntu: apt install $package) and run make again." >&2
    exit 1
fi

echo "Policy Tracker needs $needed, and none was found${seen:+ ($(echo "$seen" | cut -c3-))}: install one, or name it with make PYTHON=/path/to/python3." >&2
exit 1
