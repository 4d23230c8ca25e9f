#!/bin/sh
# Starts Inkroom, which lies beside this file as inkroom.bin. What needs no window gets no display: Electron would end
# before its first line of JavaScript where there is none.
program=$(dirname "$(readlink -f "$0")")/inkroom.bin

for argument; do
  case $argument in
    serve | help | -h | --help | -V | --version)
      # No page is ever loaded: there is nothing to draw, and nothing to put into a sandbox. What follows the two
      # dashes is not for Chromium.
      exec "$program" --ozone-platform=headless --no-sandbox --no-zygote --disable-gpu -- "$@"
      ;;
    -*) ;;
    *) break ;;
  esac
done
exec "$program" "$@"
