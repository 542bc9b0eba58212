# Shared by build, up and down: where the binaries live, what they are called, and how a process is told from its number.
# Sourced, never run.

testbed_home="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# Each is a folder with a go.mod. The quick ones come first, so that a build that is broken off has them.
testbed_modules=(etcd kwok helm kubernetes)
# Programs of other projects that single tests run beside a control plane; built only when they are named.
peer_modules=(vpa prometheus)

say() { printf 'testbed: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# version_of MODULE PATH: the release of a Go module that MODULE's go.mod asks for.
version_of() {
  awk -v path="$2" '$1 == path || ($1 == "require" && $2 == path) { print ($1 == path ? $2 : $3); exit }' "$testbed_home/$1/go.mod"
}

etcd_version="$(version_of etcd go.etcd.io/etcd/server/v3)"
kwok_version="$(version_of kwok sigs.k8s.io/kwok)"
helm_version="$(version_of helm helm.sh/helm/v3)"
kubernetes_version="$(version_of kubernetes k8s.io/kubernetes)"
prometheus_version="$(version_of prometheus github.com/prometheus/prometheus)"
vpa_version="$(version_of vpa k8s.io/autoscaler/vertical-pod-autoscaler)"

# programs_of MODULE: the packages that are built from it, each named as its binary.
programs_of() {
  case "$1" in
    etcd) echo etcd=go.etcd.io/etcd/server/v3 ;;
    kwok) echo kwok=sigs.k8s.io/kwok/cmd/kwok ;;
    helm) echo helm=helm.sh/helm/v3/cmd/helm ;;
    prometheus) echo prometheus=github.com/prometheus/prometheus/cmd/prometheus ;;
    vpa) echo vpa-recommender=k8s.io/autoscaler/vertical-pod-autoscaler/pkg/recommender ;;
    kubernetes) printf '%s\n' {kube-apiserver,kube-controller-manager,kube-scheduler,kubectl} | sed 's#.*#&=k8s.io/kubernetes/cmd/&#' ;;
  esac
}

# kwok does nothing without Stage objects; its own come with its module and are not copied into this repository.
kwok_stages=(node/fast/node-initialize node/heartbeat/node-heartbeat pod/fast/pod-ready pod/fast/pod-complete pod/fast/pod-delete)

build_flags=(-trimpath -buildvcs=false)

# tags_of MODULE: further build flags. A test names its targets itself, and the clouds' SDKs that would find them take most of the time.
tags_of() { [ "$1" != prometheus ] || echo -tags=remove_all_sd; }

# stamp VARIABLE=VALUE...: link flags that set these.
stamp() { printf -- '-s -w'; [ $# -eq 0 ] || printf -- ' -X %s' "$@"; }

# link_flags_of MODULE
link_flags_of() {
  local minor
  case "$1" in
    kubernetes)
      minor="$(cut -d. -f2 <<<"$kubernetes_version")"
      stamp k8s.io/component-base/version.{gitVersion="$kubernetes_version",gitMajor=1,gitMinor="$minor",gitTreeState=clean} ;;
    # Which Kubernetes a chart is rendered and checked for when no cluster is asked: without these, one of 2020.
    helm)
      minor="$(version_of helm k8s.io/client-go | cut -d. -f2)"
      stamp helm.sh/helm/v3/{internal/version.version="$helm_version",pkg/lint/rules.k8sVersionMajor=1,pkg/lint/rules.k8sVersionMinor="$minor",pkg/chartutil.k8sVersionMajor=1,pkg/chartutil.k8sVersionMinor="$minor"} ;;
    # Its modules are v0.300 and on where it calls itself 3.0.
    prometheus) stamp github.com/prometheus/common/version.Version="$(sed -E 's/^v0\.([0-9])([0-9]{2})\.([0-9]+)$/\1.\2.\3/; s/\.0([0-9])\./.\1./' <<<"$prometheus_version")" ;;
    *) stamp ;;
  esac
}

cache_root="${TRIMTAB_TESTBED_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trimtab/testbed}"

# module_folder MODULE: its binaries' folder, outside the checkout, named after everything that decides their bytes.
module_folder() {
  local version="${1}_version" hash
  hash="$({
    cat "$testbed_home/$1/go.mod" "$testbed_home/$1/go.sum"
    programs_of "$1"
    [ "$1" != kwok ] || printf '%s\n' "${kwok_stages[@]}"
    printf '%s\n' "${build_flags[@]}" "$(link_flags_of "$1")" "$(uname -sm)"
    tags_of "$1"
  } | sha256sum | cut -c1-12)"
  printf '%s/%s-%s_%s\n' "$cache_root" "$1" "${!version}" "$hash"
}

# whole_folder: where the files of all modules lie together, as hard links.
whole_folder() {
  local hash
  hash="$(for module in "${testbed_modules[@]}"; do basename "$(module_folder "$module")"; done | sha256sum | cut -c1-12)"
  printf '%s/all-%s\n' "$cache_root" "$hash"
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
