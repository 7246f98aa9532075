#!/bin/sh
# Runs the app's program by its real path, by which macOS finds the bundle, also when this file is linked elsewhere.
path=$0
while [ -L "$path" ]; do
  target=$(readlink "$path")
  case $target in
    /*) path=$target ;;
    *) path=$(dirname "$path")/$target ;;
  esac
done
exec "$(dirname "$path")/../MacOS/Bilet" "$@"
