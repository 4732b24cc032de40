#!/bin/sh
# What job.yaml says, as one command. Options given here are added, and win: ./run.sh --profile auditor
# Ends with the exit code of rd-reconcile: 0 nothing differs, 2 something does, 4 an apply would be refused.
# RD_RECONCILE names the program where it is not on the PATH, for example "node ../../dist/main.js".
set -eu
cd "$(dirname "$0")"

exec ${RD_RECONCILE:-rd-reconcile} plan \
  ../../samples/quickstart/manifest.yaml \
  ../../samples/quickstart/manifest.csv \
  --ownership listed \
  --concurrency 5 \
  --deadline 10m \
  --report-dir reports \
  --format json,markdown \
  "$@"
