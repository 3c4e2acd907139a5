#!/bin/sh
# Installs Debian packages without asking anything: as root, or through sudo where that needs no password.
# Exits with 1 where neither is possible; the caller then says what is missing and why.
set -eu

command -v apt-get >/dev/null 2>&1 || exit 1
if [ "$(id -u)" = 0 ]; then
    as_root="env"
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
else
    exit 1
fi

apt() {
    $as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2
}

echo "Installing $* with apt-get." >&2
# A package list that cannot be refreshed may still be good enough: whether it is, the installation tells.
apt update || echo "apt-get update failed; trying the package lists that are there." >&2
apt install -y --no-install-recommends "$@"
