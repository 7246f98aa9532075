#!/bin/sh
# After a deb or rpm is removed. While one version replaces another, what the new one has installed stays.
set -e

# deb says `remove` or `purge`, rpm says how many versions are left.
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
