# shellcheck shell=bash
# A private PostgreSQL in a folder of ours: FOLDER/data is the cluster, FOLDER/socket-folder names where its socket is,
# FOLDER/postgres.log is its log. Needs say.sh.

# Prints the folder of the newest PostgreSQL programs, or of version $1.
postgres_programs() {
  local version=${1:-} found
  found=$(compgen -G "/usr/lib/postgresql/${version:-*}/bin/initdb" | sort -t/ -k5 -n | tail -n 1)
  if [[ -z $found ]]; then
    found=$(command -v initdb) || return 1
    [[ -z $version || $("$found" --version) == *" $version"[.\ ]* ]] || return 1
  fi
  dirname "$(readlink -f "$found")"
}

# The programs that fit the cluster in the folder: its data can only be read by the version that made it.
postgres_programs_for() {
  if [[ -f $1/data/PG_VERSION ]]; then postgres_programs "$(<"$1/data/PG_VERSION")"; else postgres_programs; fi
}

postgres_run() {
  local folder=$1 program=$2 programs
  shift 2
  programs=$(postgres_programs_for "$folder") || return 1
  as_user postgres "$programs/$program" "$@"
}

# postgres_init FOLDER [PASSWORD_FILE]: makes the cluster once. With a password, TCP asks for it; without, TCP trusts.
# The socket lies in a folder that only its owner may enter, so it trusts always.
postgres_init() {
  local folder=$1 password_file=${2:-} options=(--auth-local=trust --auth-host=trust)
  [[ -f $folder/data/PG_VERSION ]] && return
  # A cluster whose making was cut off has no version file or no included settings: begin again.
  rm -rf "$folder/data"
  own_folder postgres "$folder/data"
  if [[ -n $password_file ]]; then options=(--auth-local=trust --auth-host=scram-sha-256 --pwfile="$password_file"); fi
  if [[ -n ${TG_INITDB_OPTIONS:-} ]]; then options+=("$TG_INITDB_OPTIONS"); fi
  postgres_run "$folder" initdb -D "$folder/data" -U postgres -E UTF8 --locale=C.UTF-8 "${options[@]}" \
    >"$folder/initdb.log" 2>&1 || { rm -rf "$folder/data"; return 1; }
  printf "include_if_exists = 'taskgrid.conf'\n" >>"$folder/data/postgresql.conf"
}

# An eighth of the memory: the page cache of the kernel does the rest.
postgres_shared_buffers_mb() {
  local total_kb megabytes
  total_kb=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
  megabytes=$((total_kb / 1024 / 8))
  printf '%s\n' $((megabytes < 128 ? 128 : megabytes > 2048 ? 2048 : megabytes))
}

# postgres_configure FOLDER PORT durable|throwaway: PORT 0 means no TCP at all, only the socket.
postgres_configure() {
  local folder=$1 port=$2 kind=$3 addresses='127.0.0.1' buffers
  buffers=$(postgres_shared_buffers_mb)
  if ((port == 0)); then port=5432 addresses=''; fi
  {
    printf "listen_addresses = '%s'\nport = %s\nunix_socket_directories = '%s'\n" "$addresses" "$port" "$(<"$folder/socket-folder")"
    printf 'unix_socket_permissions = 0700\nmax_connections = 200\njit = off\n'
    printf "timezone = 'UTC'\nlog_timezone = 'UTC'\nlog_line_prefix = '%%m [%%p] '\n"
    if [[ $kind == throwaway ]]; then
      printf '%s = off\n' fsync synchronous_commit full_page_writes
      printf 'shared_buffers = 128MB\nmax_wal_size = 1GB\n'
    else
      printf 'shared_buffers = %sMB\nmax_wal_size = 4GB\nwal_compression = on\ncheckpoint_timeout = 15min\n' "$buffers"
    fi
  } >"$folder/data/taskgrid.conf"
}

# A socket's path may have 107 bytes, and commas and the like mean something else to clients. Where the folder's own name
# will not do, a short one in /tmp stands in for it.
postgres_make_socket_folder() {
  local folder=$1 socket_folder=$1/socket
  # A killed server's socket and its lock would refuse the next one.
  postgres_drop_socket_folder "$folder"
  if ((${#socket_folder} > 85)) || [[ $socket_folder == *[^A-Za-z0-9/._-]* ]]; then socket_folder=$(mktemp -d /tmp/tg-socket-XXXXXX); fi
  own_folder postgres "$socket_folder"
  printf '%s\n' "$socket_folder" >"$folder/socket-folder"
}

postgres_drop_socket_folder() {
  [[ -s $1/socket-folder ]] || return 0
  rm -rf "$(<"$1/socket-folder")"
  rm -f "$1/socket-folder"
}

# postgres_start FOLDER PORT durable|throwaway
postgres_start() {
  local folder=$1
  postgres_stop "$folder" immediate
  postgres_make_socket_folder "$folder"
  postgres_configure "$@"
  own_postgres_log "$folder/postgres.log"
  postgres_run "$folder" pg_ctl -D "$folder/data" -l "$folder/postgres.log" -w -t "${TG_POSTGRES_TIMEOUT:-120}" start >/dev/null 2>&1 </dev/null
}

own_postgres_log() {
  touch "$1"
  if is_root; then chown postgres: "$1"; fi
}

# postgres_stop FOLDER [fast|immediate]: also clears what a killed one left behind.
postgres_stop() {
  local folder=$1 mode=${2:-fast} pid_file=$1/data/postmaster.pid pid
  [[ -f $pid_file ]] || return 0
  pid=$(head -n 1 "$pid_file")
  if [[ /proc/$pid/cwd -ef $folder/data ]]; then
    postgres_run "$folder" pg_ctl -D "$folder/data" -m "$mode" -w -t 60 stop >/dev/null 2>&1 ||
      postgres_run "$folder" pg_ctl -D "$folder/data" -m immediate -w -t 30 stop >/dev/null 2>&1 || return 1
  fi
  postgres_await_gone "$folder" || return 1
  # Only now is the file known to be stale: its number may meanwhile belong to somebody else, which would refuse the start.
  rm -f "$pid_file"
}

# Backends outlive a killed postmaster for a moment; a second server beside them would destroy the data.
postgres_await_gone() {
  for _ in {1..150}; do
    postgres_lives "$1" || return 0
    sleep 0.1
  done
  return 1
}

# Every process of a cluster, and nothing else, works in its data folder.
postgres_lives() {
  local cwd
  for cwd in /proc/[0-9]*/cwd; do
    [[ $cwd -ef $1/data ]] && return 0
  done
  return 1
}

# postgres_sql FOLDER PORT DATABASE SQL
postgres_sql() {
  postgres_run "$1" psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$(<"$1/socket-folder")" -p "$2" -U postgres -d "$3" -c "$4"
}

# postgres_create_database FOLDER PORT NAME: where it is not there yet.
postgres_create_database() {
  [[ $(postgres_sql "$1" "$2" postgres "select 1 from pg_database where datname = '$3'") == 1 ]] ||
    postgres_sql "$1" "$2" postgres "create database \"$3\""
}
