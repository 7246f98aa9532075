#!/bin/sh
# After a deb or rpm is unpacked. No file is made setuid: the sandbox stands on user namespaces, which the AppArmor
# profile allows where a system (Ubuntu 24.04 and later) keeps them from programs it does not know.
set -e

ln -sf '/opt/${sanitizedProductName}/${executable}' '/usr/bin/${executable}'

if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database /usr/share/applications || true
fi

profile='/opt/${sanitizedProductName}/resources/apparmor-profile'
if command -v apparmor_parser >/dev/null 2>&1; then
  # An AppArmor that is too old for the profile (before 4.0) has no such restriction either.
  if apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
    cp -f "$profile" '/etc/apparmor.d/${executable}'
    # In a chroot that becomes an image there is no kernel to tell.
    apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
  fi
fi
