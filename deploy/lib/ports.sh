# shellcheck shell=bash
# Ports on 127.0.0.1, chosen per run and remembered where a restart must find them again.

is_port() { [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 >= 1 && 10#$1 <= 65535)); }

# Nobody listens there. A connection attempt needs no tool that a fresh machine may lack.
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the kernel's range for outgoing connections, so that no client takes the port before its server does.
free_port() {
  local port
  for _ in {1..200}; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if port_is_free "$port"; then
      printf '%s\n' "$port"
      return
    fi
  done
  return 1
}

# remembered_port FILE: the port written there; a new one is chosen and written when there is none or it is taken.
remembered_port() {
  local file=$1 port=''
  [[ -s $file ]] && port=$(<"$file")
  if ! is_port "$port" || ! port_is_free "$port"; then
    port=$(free_port)
    printf '%s\n' "$port" >"$file"
  fi
  printf '%s\n' "$port"
}
