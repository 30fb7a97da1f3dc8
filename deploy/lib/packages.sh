# shellcheck shell=bash
# What a fresh Debian machine lacks, by apt. Needs say.sh.

can_install() { is_root && command -v apt-get >/dev/null; }

# apt_install PACKAGE...: quietly, without the services that the packages would start: we start our own, privately.
apt_install() {
  local log result=0 policy=/usr/sbin/policy-rc.d own_policy=false
  log=$(mktemp)
  note "installing $*"
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && own_policy=true
  fi
  {
    apt_get update && apt_get install -y --no-install-recommends "$@"
  } >"$log" 2>&1 </dev/null || result=1
  if $own_policy; then rm -f "$policy"; fi
  if ((result != 0)); then tail -n 20 "$log" >&2; fi
  rm -f "$log"
  return "$result"
}

# The lock is waited for: a machine that has just booted often updates itself.
apt_get() { DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@"; }

# Debian's package makes and later boots a cluster of its own at port 5432, which nobody here asked for.
install_postgres() {
  local settings=/etc/postgresql-common/createcluster.d/taskgrid.conf result=0
  mkdir -p "$(dirname "$settings")"
  printf 'create_main_cluster = false\n' >"$settings"
  apt_install postgresql || result=1
  rm -f "$settings"
  return "$result"
}
