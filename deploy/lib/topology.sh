# shellcheck shell=bash
# The members of a cluster on this machine: PostgreSQL, RabbitMQ, two silos, two gateways. Each has a folder of its name in
# $data with its ports, pid and logs. Needs the other files of this folder, and $data and $base_port of the script that reads it.
# shellcheck disable=SC2154
readonly MEMBERS=(postgres rabbitmq silo-1 silo-2 gateway-1 gateway-2)
readonly MEMBER_READY_SECONDS=120 MEMBER_DRAIN_SECONDS=30

is_member() {
  local member
  for member in "${MEMBERS[@]}"; do [[ $member == "$1" ]] && return 0; done
  return 1
}

# choose_ports: once for the life of the data folder. From a base port they can be told beforehand: +0 PostgreSQL, +1 gateway-1,
# +2 gateway-2, +3 AMQP, +4 its management, +5 its epmd, +6 its distribution, +10 and +20 on the silos (health, silo, gateway
# port), +30 to +39 rabbitmqctl.
choose_ports() {
  local offsets=(0 1 2 3 4 5 6 30 10 11 12 20 21 22) ports=() offset
  [[ -f $data/rabbitmq/ports ]] && return
  for offset in "${offsets[@]}"; do
    if [[ -n $base_port ]]; then ports+=($((base_port + offset))); else ports+=("$(free_port)"); fi
  done
  mkdir -p "$data"/{postgres,rabbitmq,silo-1,silo-2,gateway-1,gateway-2}
  printf '%s\n' "${ports[0]}" >"$data/postgres/ports"
  printf '%s\n' "${ports[1]}" >"$data/gateway-1/ports"
  printf '%s\n' "${ports[2]}" >"$data/gateway-2/ports"
  printf '%s\n' "${ports[*]:8:3}" >"$data/silo-1/ports"
  printf '%s\n' "${ports[*]:11:3}" >"$data/silo-2/ports"
  # Last: its presence says that all are chosen.
  printf '%s\n' "${ports[*]:3:5}" >"$data/rabbitmq/ports"
}

# port_of MEMBER [POSITION]
port_of() { cut -d' ' -f"${2:-1}" "$data/$1/ports"; }

pid_of() {
  local pid
  case $1 in
    postgres)
      pid=$(head -n 1 "$data/postgres/data/postmaster.pid" 2>/dev/null) || return 1
      is_alive "$pid" && [[ /proc/$pid/cwd -ef $data/postgres/data ]] && printf '%s\n' "$pid"
      ;;
    rabbitmq) pid=$(rabbitmq_pid "$data/rabbitmq") && is_alive "$pid" && printf '%s\n' "$pid" ;;
    *) program_pid "$data/$1/pid" ;;
  esac
}

start_member() {
  if pid_of "$1" >/dev/null; then
    note "$1 runs already"
    return
  fi
  note "starting $1"
  case $1 in
    postgres) start_cluster_database ;;
    rabbitmq) rabbitmq_start "$data/rabbitmq" 9>&- || die "$EXIT_NO_BROKER" "RabbitMQ did not start, see $data/rabbitmq/stdout.log" ;;
    silo-*) start_service "$1" TaskGrid.Silo TaskGrid__SiloPort="$(port_of "$1" 2)" TaskGrid__GatewayPort="$(port_of "$1" 3)" ;;
    gateway-*) start_service "$1" TaskGrid.Gateway ;;
  esac
}

start_cluster_database() {
  local folder=$data/postgres port
  port=$(port_of postgres)
  postgres_init "$folder" "$data/secrets/database-password" ||
    die "$EXIT_DATABASE" "PostgreSQL could not make its data folder: $(tail -n 3 "$folder/initdb.log")"
  postgres_start "$folder" "$port" durable 9>&- || die "$EXIT_DATABASE" "PostgreSQL did not start, see $folder/postgres.log"
  postgres_create_database "$folder" "$port" taskgrid >/dev/null || die "$EXIT_DATABASE" "the database could not be made"
}

# start_service MEMBER PROGRAM VARIABLE=VALUE...
start_service() (
  local member=$1 program=$2 variable
  shift 2
  for variable in "$@"; do export "${variable?}"; done
  TaskGrid__Database="Host=127.0.0.1;Port=$(port_of postgres);Database=taskgrid;Username=postgres;Password=$(<"$data/secrets/database-password")"
  TaskGrid__Database+=";Maximum Pool Size=40;No Reset On Close=true;Max Auto Prepare=50"
  ASPNETCORE_URLS="http://127.0.0.1:$(port_of "$member")" TaskGrid__Bus="amqp://guest:guest@127.0.0.1:$(port_of rabbitmq)/"
  export TaskGrid__Database ASPNETCORE_URLS TaskGrid__Bus ASPNETCORE_ENVIRONMENT=Production DOTNET_NOLOGO=1
  export TaskGrid__SigningKeyFile=$data/secrets/signing-key TaskGrid__Clustering=adonet TaskGrid__ClusterId=taskgrid
  start_program "$data/$member/pid" "$data/$member/log" "$data/programs/$program/$program.dll"
)

await_member() {
  case $1 in postgres | rabbitmq) return ;; esac
  await_ready "$data/$1/pid" "$(port_of "$1")" "$MEMBER_READY_SECONDS" && return
  tail -n 30 "$data/$1/log" >&2
  die "$EXIT_SERVER" "$1 did not become ready, see $data/$1/log"
}

stop_member() {
  case $1 in
    postgres) postgres_stop "$data/postgres" fast && postgres_drop_socket_folder "$data/postgres" ;;
    rabbitmq) rabbitmq_stop "$data/rabbitmq" ;;
    *) stop_program "$data/$1/pid" "$MEMBER_DRAIN_SECONDS" ;;
  esac
}

kill_member() {
  local pid
  pid=$(pid_of "$1") || die "$EXIT_USAGE" "$1 does not run"
  kill -9 "$pid"
  while is_alive "$pid"; do sleep 0.05; done
}

state_of() {
  local pid port
  port=$(port_of "$1")
  if ! pid=$(pid_of "$1"); then
    printf '%-10s stopped\n' "$1"
    return 1
  fi
  case $1 in
    postgres | rabbitmq) if port_is_free "$port"; then set -- "$1" starting; else set -- "$1" ready; fi ;;
    *) if (answers_ready "$port"); then set -- "$1" ready; else set -- "$1" "not ready"; fi ;;
  esac
  printf '%-10s %-9s pid %-8s port %s\n' "$1" "$2" "$pid" "$port"
  [[ $2 == ready ]]
}
