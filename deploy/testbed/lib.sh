# Shared by build, up and down: where the binaries live, what they are called, and how a process is told from its number.
# Sourced, never run.

testbed_home="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
testbed_modules=(kubernetes etcd kwok)
testbed_binaries=(etcd kube-apiserver kube-controller-manager kube-scheduler kubectl kwok)

say() { printf 'testbed: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# version_of MODULE-FOLDER MODULE-PATH: the release that the module's go.mod asks for.
version_of() {
  awk -v path="$2" '$1 == path || ($1 == "require" && $2 == path) { print ($1 == path ? $2 : $3); exit }' "$testbed_home/$1/go.mod"
}

kubernetes_version="$(version_of kubernetes k8s.io/kubernetes)"
etcd_version="$(version_of etcd go.etcd.io/etcd/server/v3)"
kwok_version="$(version_of kwok sigs.k8s.io/kwok)"

# The flags are part of the cache key, so that changing one rebuilds.
build_flags=(-trimpath -buildvcs=false)
kubernetes_link_flags="-s -w \
-X k8s.io/component-base/version.gitVersion=$kubernetes_version \
-X k8s.io/component-base/version.gitMajor=$(cut -d. -f1 <<<"${kubernetes_version#v}") \
-X k8s.io/component-base/version.gitMinor=$(cut -d. -f2 <<<"${kubernetes_version#v}") \
-X k8s.io/component-base/version.gitTreeState=clean"
plain_link_flags="-s -w"

# The folder of this version's binaries: outside the checkout, named after everything that decides their bytes.
cache_folder() {
  local root="${TRIMTAB_TESTBED_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trimtab/testbed}" hash
  hash="$({
    (cd "$testbed_home" && for module in "${testbed_modules[@]}"; do cat "$module/go.mod" "$module/go.sum"; done)
    printf '%s\n' "${build_flags[@]}" "$kubernetes_link_flags" "$plain_link_flags" "$(uname -sm)"
  } | sha256sum | cut -c1-12)"
  printf '%s/kubernetes-%s_etcd-%s_kwok-%s_%s\n' "$root" "$kubernetes_version" "$etcd_version" "$kwok_version" "$hash"
}

# cache_state FOLDER: prints "ready", "missing" or "corrupt". SHA256SUMS is written last, so a folder without it was never finished.
cache_state() {
  if [ ! -f "$1/SHA256SUMS" ]; then echo missing
  elif (cd "$1" && sha256sum --check --strict --status SHA256SUMS) 2>/dev/null; then echo ready
  else echo corrupt
  fi
}

default_state_folder() { printf '%s/trimtab-testbed-%s\n' "${XDG_RUNTIME_DIR:-/tmp}" "$(id -u)"; }

# start_time PID: when the kernel started it (clock ticks since boot); empty when there is no such process, or only its zombie.
# Field 22 of /proc/PID/stat, counted after the command name in brackets, which may hold spaces (man 5 proc).
start_time() {
  local stat
  stat="$(cat "/proc/$1/stat" 2>/dev/null)" || return 0
  awk '$1 != "Z" { print $20 }' <<<"${stat##*) }"
}

# alive PID-FILE: is the very process that wrote this file still running? A number that the kernel gave to another process does not count.
alive() {
  local pid started
  [ -f "$1" ] && read -r pid started <"$1" && [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ]
}

# lock_folder DIR: makes the folder and holds its lock (descriptor 8) until this script ends; one `up` or `down` at a time.
# When `down` removed the folder while we waited, the lock we got belongs to a file that is gone, so we try again.
lock_folder() {
  while :; do
    mkdir -p "$1" && chmod 700 "$1"
    exec 8>"$1/.lock" || continue
    flock 8
    [ "$1/.lock" -ef "/proc/$$/fd/8" ] && return
  done
}
