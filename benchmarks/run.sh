#!/bin/sh
# Measures the demo's server beside the tutorial's Node server: both on core 0, the load on core 1. Arguments go to the
# load generator: --help lists them. Needs a JDK, Maven, Node 20 and taskset (util-linux).
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -DskipTests -pl demo-app,benchmarks -am package
(cd benchmarks/peers/node && npm ci --omit=optional --no-audit --no-fund --loglevel=error)
exec taskset -c 1 java -jar benchmarks/target/benchmarks.jar compare --core 0 \
  --server "ours=java -jar demo-app/target/demo-app.jar --quiet --messages-per-second 1000000 --limit charactersPerSecond=1000000000 --limit characterBurst=1000000000 --port {port}" \
  --server "node=node benchmarks/peers/node/server.js {port}" \
  "$@"
