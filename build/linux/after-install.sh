#!/bin/sh
# Runs after a deb or rpm is unpacked. No file is made setuid: the sandbox uses user namespaces. On systems that deny them
# to programs without an AppArmor profile (Ubuntu 24.04 and later), the profile allows them.
set -e

ln -sf '/opt/${sanitizedProductName}/${executable}' '/usr/bin/${executable}'

if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database /usr/share/applications || true
fi

profile='/opt/${sanitizedProductName}/resources/apparmor-profile'
if command -v apparmor_parser >/dev/null 2>&1; then
  # AppArmor before 4.0 cannot parse the profile, and does not restrict user namespaces either.
  if apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
    cp -f "$profile" '/etc/apparmor.d/${executable}'
    # Loading fails in a chroot, e.g. while an image is built.
    apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
  fi
fi
