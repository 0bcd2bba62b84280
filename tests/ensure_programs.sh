#!/usr/bin/env bash
# Programs that tests drive and pip does not bring: Debian's Chromium for the pages, nginx for the front of docs/examples.
# Installs what is missing where this machine allows it; where it cannot, says so, and the tests skip with that reason.
set -u
missing=()
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
    missing+=(chromium fonts-dejavu-core)
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && exit 0
fi
echo "Missing, and not to be installed here: ${missing[*]}. The tests that need them will be skipped." >&2
exit 0
