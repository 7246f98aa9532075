#!/bin/sh
# Runs after a deb or rpm is removed. On an upgrade nothing is removed, since the new version has already installed its files.
set -e

# dpkg passes `remove` or `purge`, rpm the number of versions that remain.
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

rm -f '/usr/bin/${executable}'
if [ -f '/etc/apparmor.d/${executable}' ]; then
  if command -v apparmor_parser >/dev/null 2>&1; then
    apparmor_parser --remove '/etc/apparmor.d/${executable}' || true
  fi
  rm -f '/etc/apparmor.d/${executable}'
fi
