@echo off
setlocal
rem Runs a command of Bilet.exe. That program has no console, so its output goes to files, which are printed here.
set "start="
for %%a in ("" --new --check --hidden --demo --smoke) do if /i "%~1"=="%%~a" set "start=1"
if defined start start "" "%~dp0..\Bilet.exe" %*
if defined start exit /b 0
set "output=%TEMP%\bilet-%RANDOM%%RANDOM%"
"%~dp0..\Bilet.exe" %* 1>"%output%.out" 2>"%output%.err"
set "code=%ERRORLEVEL%"
rem The output is UTF-8.
for /f "tokens=2 delims=:." %%p in (chcp) do set "page=%%p"
chcp 65001 >nul
type "%output%.out"
type "%output%.err" 1>&2
chcp %page% >nul
del "%output%.out" "%output%.err"
exit /b %code%
