# shellcheck shell=bash
# A private RabbitMQ node in a folder of ours, on 127.0.0.1 only, with an epmd of its own: the machine's node, if any,
# is not touched. Needs say.sh and ports.sh.
# FOLDER/ports holds amqp, management, epmd, dist and ctl ports; FOLDER/rabbitmq.pid and epmd.pid what runs.
# The wrappers in /usr/sbin change to /var/lib/rabbitmq and are therefore avoided.
readonly RABBITMQ_PROGRAMS=/usr/lib/rabbitmq/bin

rabbitmq_is_installed() { [[ -x $RABBITMQ_PROGRAMS/rabbitmq-server ]] && command -v epmd >/dev/null; }

# rabbitmq_init FOLDER: chooses ports once, so that a restarted node keeps its address.
rabbitmq_init() {
  local folder=$1 ctl
  [[ -f $folder/ports ]] && return
  ctl=$(free_port)
  printf '%s %s %s %s %s\n' "$(free_port)" "$(free_port)" "$(free_port)" "$(free_port)" "$ctl" >"$folder/ports"
}

rabbitmq_amqp_port() { cut -d' ' -f1 "$1/ports"; }

rabbitmq_configure() {
  local folder=$1 amqp management epmd dist ctl
  read -r amqp management epmd dist ctl <"$folder/ports"
  chmod 755 "$folder"
  own_folder rabbitmq "$folder/home" "$folder/mnesia" "$folder/log" "$folder/schema"
  if [[ ! -f $folder/home/.erlang.cookie ]]; then
    head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$folder/home/.erlang.cookie"
    if is_root; then chown rabbitmq: "$folder/home/.erlang.cookie"; fi
    chmod 400 "$folder/home/.erlang.cookie"
  fi
  printf '[rabbitmq_management].\n' >"$folder/enabled_plugins"
  cat >"$folder/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$amqp
management.tcp.ip = 127.0.0.1
management.tcp.port = $management
vm_memory_high_watermark.absolute = 512MiB
disk_free_limit.absolute = 50MB
log.console.level = warning
CONF
  cat >"$folder/env" <<ENV
export HOME=$folder/home PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$epmd
export RABBITMQ_NODENAME=tg@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$amqp RABBITMQ_DIST_PORT=$dist
export RABBITMQ_CTL_DIST_PORT_MIN=$ctl RABBITMQ_CTL_DIST_PORT_MAX=$((ctl + 9))
export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE=$folder/rabbitmq.conf RABBITMQ_ENABLED_PLUGINS_FILE=$folder/enabled_plugins
export RABBITMQ_MNESIA_BASE=$folder/mnesia RABBITMQ_LOG_BASE=$folder/log RABBITMQ_PID_FILE=$folder/mnesia/pid
export RABBITMQ_GENERATED_CONFIG_DIR=$folder/schema RABBITMQ_SCHEMA_DIR=$folder/schema
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 2:2 -kernel inet_dist_use_interface {127,0,0,1}"
ENV
  chmod 644 "$folder/env" "$folder/rabbitmq.conf" "$folder/enabled_plugins"
}

# rabbitmq_sh FOLDER COMMAND: a shell command in the node's own environment. It replaces this process: call it in a subshell.
rabbitmq_sh() {
  local line=". '$1/env'; cd '$1/home'; $2"
  if is_root; then exec runuser -u rabbitmq -- sh -c "$line"; else exec sh -c "$line"; fi
}

# rabbitmq_start FOLDER: returns when the node serves.
rabbitmq_start() {
  local folder=$1 epmd_port
  rabbitmq_stop "$folder"
  rabbitmq_configure "$folder"
  epmd_port=$(cut -d' ' -f3 "$folder/ports")
  setsid epmd -address 127.0.0.1 -port "$epmd_port" </dev/null >"$folder/epmd.log" 2>&1 &
  printf '%s\n' $! >"$folder/epmd.pid"
  # Its end is ours to bring about and nothing to report.
  disown
  (rabbitmq_sh "$folder" "exec setsid $RABBITMQ_PROGRAMS/rabbitmq-server") </dev/null >"$folder/stdout.log" 2>&1 &
  rabbitmq_await_port "$folder" || return 1
  # Asked before the listener is open, await_startup may race the boot.
  (rabbitmq_sh "$folder" "exec $RABBITMQ_PROGRAMS/rabbitmqctl await_startup --timeout 60") </dev/null >"$folder/await.log" 2>&1
}

rabbitmq_await_port() {
  local port
  port=$(rabbitmq_amqp_port "$1")
  for _ in {1..600}; do
    port_is_free "$port" || return 0
    sleep 0.2
  done
  return 1
}

rabbitmq_pid() {
  local pid
  pid=$(cat "$1/mnesia/pid" 2>/dev/null) || return 1
  [[ -r /proc/$pid/cmdline && $(tr '\0' ' ' <"/proc/$pid/cmdline") == *"$1"* ]] && printf '%s\n' "$pid"
}

rabbitmq_kill() {
  local pid
  pid=$(rabbitmq_pid "$1") && kill -9 "$pid"
  return 0
}

# rabbitmq_stop FOLDER: the node in good order, then its epmd, which no node ever stops.
rabbitmq_stop() {
  local folder=$1 pid
  if pid=$(rabbitmq_pid "$folder"); then
    kill -TERM "$pid" 2>/dev/null
    for _ in {1..100}; do
      is_alive "$pid" || break
      sleep 0.2
    done
    if is_alive "$pid"; then kill -9 "$pid"; fi
  fi
  rabbitmq_stop_epmd "$folder"
}

rabbitmq_stop_epmd() {
  local pid
  pid=$(cat "$1/epmd.pid" 2>/dev/null) || return 0
  # It keeps nothing, and may have inherited that SIGTERM is ignored.
  if [[ $(cat "/proc/$pid/comm" 2>/dev/null) == epmd ]]; then kill -9 "$pid"; fi
  rm -f "$1/epmd.pid"
}
