#!/usr/bin/env bash
# The page tests drive Debian's Chromium. Installs it where it is missing and this machine allows it;
# where it cannot, says so and lets the tests skip with that reason.
set -u
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null && exit 0
fi
echo "No Chromium, and it could not be installed here: the browser tests will be skipped." >&2
exit 0
