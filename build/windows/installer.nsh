; What Bilet wrote into the registry of the person by itself goes with it: the class through which Windows tells of
; a click on a notification (electron/desktop/windows-toast.ts). An update keeps it.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    DeleteRegKey HKCU "Software\Classes\CLSID\{6EFC1846-EFE6-4764-AB7F-616938DC1525}"
  ${endIf}
!macroend
