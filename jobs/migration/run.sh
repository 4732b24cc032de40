#!/bin/sh
# The steps of job.yaml: ./run.sh look | add | look-again | remove DIGEST, then any further options.
# RD_RECONCILE names the program where it is not on the PATH, for example "node ../../dist/main.js".
set -eu
cd "$(dirname "$0")"

reconcile() {
  mode=$1
  shift
  ${RD_RECONCILE:-rd-reconcile} "$mode" \
    ../../samples/quickstart/manifest.yaml \
    ../../samples/quickstart/manifest.csv \
    --concurrency 2 \
    --deadline 2h \
    --report-dir reports \
    --format json,markdown \
    "$@"
}

usage() {
  echo "usage: ./run.sh look | add | look-again | remove DIGEST [OPTION...]" >&2
  exit 64
}

step=${1:-}
[ $# -gt 0 ] && shift

case $step in
  look)
    reconcile plan --ownership listed "$@"
    ;;
  add)
    reconcile apply --ownership add-only "$@"
    ;;
  look-again)
    code=0
    reconcile plan --ownership listed "$@" || code=$?
    # The digest stands in the report; the first one in the file is the plan's.
    sed -n 's/^ *"digest": "\([0-9a-f]*\)".*/then: .\/run.sh remove \1/p' reports/latest/report.json
    exit "$code"
    ;;
  remove)
    case ${1:-} in
      "" | -*) usage ;;
    esac
    digest=$1
    shift
    reconcile apply --ownership listed --expect "$digest" "$@"
    ;;
  *)
    usage
    ;;
esac
