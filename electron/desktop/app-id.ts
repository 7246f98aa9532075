/**
 * The app's name among the programs of a desktop: of its desktop file (`tr.bilet.app.desktop`), and so its Wayland
 * app id and its window class. Reverse DNS, because GNOME 50 and the portals refuse any other without a word.
 * package.json's `desktopName` and electron-builder.yml's `appId` say the same.
 */
export const appId = 'tr.bilet.app'
