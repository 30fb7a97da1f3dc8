# shellcheck shell=bash
# TaskGrid's own programs: the SDK they need, publishing them, starting and stopping them. Needs say.sh and ports.sh.

# require_sdk ROOT: the SDK that global.json asks for.
require_sdk() {
  command -v dotnet >/dev/null ||
    die "$EXIT_NO_SDK" "the .NET SDK is not on the PATH: install .NET 10 (https://dotnet.microsoft.com/download) and try again"
  (cd "$1" && dotnet --version >/dev/null 2>&1) ||
    die "$EXIT_NO_SDK" "no .NET SDK here fits global.json ($(grep -o '"version": *"[^"]*"' "$1/global.json")); installed: $(dotnet --list-sdks | tr '\n' ' ')"
}

# What the programs are made of. Times and sizes are enough: a changed file that keeps both does not happen in a checkout.
sources_print() {
  (cd "$1" && find contracts grains services clients/cli clients/dotnet Directory.* global.json -name bin -prune -o -name obj -prune -o -type f -printf '%p %s %T@\n' 2>/dev/null) |
    LC_ALL=C sort | cksum
}

# A folder's name as MSBuild reads it: some marks divide its values.
msbuild_text() { sed 's/%/%25/g; s/;/%3B/g; s/,/%2C/g' <<<"$1"; }

# publish ROOT PROJECT TARGET: skipped when nothing has changed since. A cut-off publish leaves no print and is done again.
publish() {
  local root=$1 project=$2 target=$3 print log
  print=$(sources_print "$root")
  if [[ -f $target/.sources && $(<"$target/.sources") == "$print" ]]; then return; fi
  note "building $(basename "$project")"
  rm -rf "$target" && mkdir -p "$target"
  log=$target.log
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  if ! interruptible dotnet publish "$root/$project" -c Release "-p:PublishDir=$(msbuild_text "$target")" -nologo -v quiet -p:UseSharedCompilation=false >"$log" 2>&1 9>&-; then
    grep -E ': error ' "$log" | sort -u | head -n 20 >&2 || tail -n 20 "$log" >&2
    die "$EXIT_BUILD" "$(basename "$project") could not be built, see $log"
  fi
  printf '%s\n' "$print" >"$target/.sources"
}

# publish_web ROOT TARGET: the web app, where there is one and Node to build it.
publish_web() {
  local app=$1/clients/ts/apps/web workspace=$1/clients/ts target=$2 print
  [[ -f $app/package.json ]] || return 0
  if ! command -v npm >/dev/null; then
    note "npm is not on the PATH: serving without the web app"
    return 0
  fi
  print=$(find "$workspace" -name node_modules -prune -o -name dist -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | cksum)
  if [[ -f $target/.sources && $(<"$target/.sources") == "$print" ]]; then return 0; fi
  note "building the web app"
  # shellcheck disable=SC2016 # expanded by the inner shell
  interruptible bash -c 'cd "$0" && npm ci --no-audit --no-fund && npm run build --workspace apps/web' "$workspace" >"$target.log" 2>&1 9>&- ||
    die "$EXIT_BUILD" "the web app could not be built, see $target.log"
  rm -rf "$target" && cp -r "$app/dist" "$target" && printf '%s\n' "$print" >"$target/.sources"
}

# secret FILE BYTES: made once, in base64, for our eyes only; a file that is half written is never seen.
secret() {
  [[ -s $1 ]] && return
  (umask 077 && head -c "$2" /dev/urandom | base64 -w 0 >"$1.new") && mv "$1.new" "$1"
}

# start_program PID_FILE LOG ASSEMBLY: in the background, in a session of its own so that a terminal's Ctrl-C reaches us alone,
# without our lock. The environment is the caller's.
start_program() {
  # One old log is kept; a day's work is far below this size.
  if [[ -f $2 && $(stat -c %s "$2") -gt 50000000 ]]; then mv "$2" "$2.old"; fi
  setsid dotnet "$3" </dev/null >>"$2" 2>&1 9>&- &
  printf '%s %s\n' "$!" "$(born "$!")" >"$1"
}

# program_pid PID_FILE: of the program that was started so, if it still runs.
program_pid() {
  local pid birth
  [[ -s $1 ]] && read -r pid birth <"$1" || return 1
  [[ -n $birth && $(born "$pid") == "$birth" ]] && is_alive "$pid" && printf '%s\n' "$pid"
}

# stop_program PID_FILE SECONDS: gently, then not.
stop_program() {
  local pid deadline=$((SECONDS + $2))
  if pid=$(program_pid "$1"); then
    kill -TERM "$pid" 2>/dev/null
    while is_alive "$pid" && ((SECONDS < deadline)); do sleep 0.1; done
    if is_alive "$pid"; then kill -9 "$pid" 2>/dev/null; fi
  fi
  rm -f "$1"
}

# answers_ready PORT: GET /health/ready says 200.
answers_ready() {
  local status=''
  {
    exec 3<>"/dev/tcp/127.0.0.1/$1" &&
      printf 'GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3 &&
      read -r -t 5 status <&3
    exec 3>&-
  } 2>/dev/null
  [[ $status == "HTTP/1.1 200"* ]]
}

# await_ready PID_FILE PORT SECONDS: fails early when the program has ended.
await_ready() {
  local deadline=$((SECONDS + $3))
  until (answers_ready "$2"); do
    program_pid "$1" >/dev/null || return 1
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}
