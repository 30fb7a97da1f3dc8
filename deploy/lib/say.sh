# shellcheck shell=bash
# How the scripts of TaskGrid speak: progress and errors on stderr, so that stdout keeps the lines that programs wait for.

# Exit codes are part of the interface: `deploy/up --help` lists them. Each script uses those that it needs.
# shellcheck disable=SC2034
readonly EXIT_USAGE=2 EXIT_NO_SDK=10 EXIT_NO_POSTGRES=11 EXIT_PORT_TAKEN=12 EXIT_DISK_FULL=13 EXIT_DATA_IN_USE=14 \
  EXIT_DATABASE=15 EXIT_SERVER=16 EXIT_BUILD=17 EXIT_DATA_FOLDER=18 EXIT_NO_BROKER=19 EXIT_DEMO=20

# A shell that became root without its PATH does not see these.
PATH=$PATH:/usr/sbin:/sbin

note() { printf '%s\n' "$*" >&2; }

# die CODE MESSAGE...
die() {
  local code=$1
  shift
  printf 'error: %s\n' "$*" >&2
  exit "$code"
}

is_root() { [[ $(id -u) -eq 0 ]]; }

# as_user USER COMMAND...: the command as that user when we are root, else as ourselves.
# The working folder is left, since the other user may not be allowed to see it.
as_user() {
  local user=$1
  shift
  if is_root; then (cd / && exec runuser -u "$user" -- "$@"); else "$@"; fi
}

# own_folder USER FOLDER...: makes private folders that belong to the user who will run there.
own_folder() {
  local user=$1
  shift
  if is_root; then install -d -o "$user" -g "$user" -m 700 "$@"; else install -d -m 700 "$@"; fi
}

# A killed process whose parent does not ask for it still has a number, but runs no more.
is_alive() { [[ $1 =~ ^[0-9]+$ && -r /proc/$1/stat && $(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) != [ZX]* ]]; }

# The moment of birth tells a process from a later one with the same number. Empty when there is none.
born() { awk '{ sub(/.*\) /, ""); print $20 }' "/proc/$1/stat" 2>/dev/null || true; }

# interruptible COMMAND...: runs it so that a signal to us is heard at once; whoever hears it calls end_interrupted.
interruptible_pid=''
interruptible() {
  local result=0
  setsid "$@" </dev/null &
  interruptible_pid=$!
  wait "$interruptible_pid" || result=$?
  interruptible_pid=''
  return "$result"
}

end_interrupted() {
  [[ -n $interruptible_pid ]] || return 0
  kill -TERM -- "-$interruptible_pid" 2>/dev/null
  wait "$interruptible_pid" 2>/dev/null
  interruptible_pid=''
}
