; What Bilet wrote into the registry of the person by itself goes with it; an update keeps it:
; - the class through which Windows tells of a click on a notification (electron/desktop/notifications/backends/windows-toast.ts)
; - who opens `bilet:` links, and the login item with what the task manager says of it (electron/desktop/lifecycle/login-item.ts).
;   Electron names the item by the app's id.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\CLSID\{6EFC1846-EFE6-4764-AB7F-616938DC1525}"
    DeleteRegKey HKCU "Software\Classes\bilet"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
  ${endIf}
!macroend
