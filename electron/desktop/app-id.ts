/**
 * Desktop file id (`tr.bilet.app.desktop`), Wayland app id and window class. In reverse DNS form, because GNOME 50 and
 * the portals silently refuse others. Must equal package.json's `desktopName` and electron-builder.yml's `appId`.
 */
export const appId = 'tr.bilet.app'
