#!/bin/sh
# What job.yaml says, as one command. Options given here are added, and win: ./run.sh --settle 60s
# Ends with the exit code of rd-reconcile: 0 in sync, 3 something is left, 4 refused by the guard, 77 credentials.
# RD_RECONCILE names the program where it is not on the PATH, for example "node ../../dist/main.js".
set -eu
cd "$(dirname "$0")"

exec ${RD_RECONCILE:-rd-reconcile} apply \
  ../../samples/quickstart/manifest.yaml \
  ../../samples/quickstart/manifest.csv \
  --ownership listed \
  --max-removal-share 0.25 \
  --on-guard refuse \
  --concurrency 5 \
  --deadline 30m \
  --report-dir reports \
  --format json,markdown \
  "$@"
