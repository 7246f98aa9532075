; Uninstalling removes what the app itself wrote to the user's registry; an update keeps it:
; - the COM class through which Windows reports clicks on notifications (electron/desktop/notifications/backends/windows-toast.ts)
; - the handler of `bilet:` links, and the login item with its state in the task manager (electron/desktop/lifecycle/login-item.ts).
;   Electron uses the app id as the name of the login item.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\CLSID\{6EFC1846-EFE6-4764-AB7F-616938DC1525}"
    DeleteRegKey HKCU "Software\Classes\bilet"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
  ${endIf}
!macroend
