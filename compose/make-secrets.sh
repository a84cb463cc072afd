#!/bin/sh
# Makes the stack's secrets once and keeps them, each in the volume of those that read it: nothing secret is checked in,
# and nobody has to think of it. VALKEY_PASSWORD and JWT_SECRET (.env) take the place of what was made.
set -eu
umask 0022

# secret NAME FILE GIVEN SEPARATOR: what is given, else what FILE keeps, else 32 random bytes. FILE keeps it from then on.
# What is given may be a list if there is a SEPARATOR.
secret() {
  if [ -n "$3" ]; then
    case $3 in
    *[!A-Za-z0-9+=_$4-]*)
      echo "$1 may have letters, digits and + = _ $4- only, for instance: openssl rand -hex 32" >&2
      exit 1
      ;;
    esac
    value=$3
  elif [ -s "$2" ]; then
    value=$(cat "$2")
  else
    value=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
  fi
  put "$2" "$value"
}

# put FILE TEXT: whole or not at all, since a restart may come at any moment; and not if FILE says so already, since
# hot-reload development starts whoever reads it anew.
put() {
  if [ "$(cat "$1" 2>/dev/null)" = "$2" ]; then return; fi
  printf '%s\n' "$2" >"$1.new"
  mv "$1.new" "$1"
}

secret VALKEY_PASSWORD /secrets/valkey/password "${VALKEY_PASSWORD:-}" ''
put /secrets/valkey/valkey.conf "requirepass $value"
put /secrets/valkey/service.env "VALKEY_URL=valkey://:$value@valkey:6379"

secret JWT_SECRET /secrets/players/key "${JWT_SECRET:-}" ,
put /secrets/players/service.env "JWT_SECRET=$value"
