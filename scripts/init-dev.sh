#!/bin/sh
# Prepares a development installation: database schema, Redis streams and groups, data folders.
# Runs from any working directory, can be repeated, and reads the same configuration as Caravan itself, from the
# directory above this one. Further settings are passed on: scripts/init-dev.sh --caravan.data-dir=/tmp/caravan
set -eu

cd "$(dirname "$0")/.."
jar=${CARAVAN_JAR:-target/caravan.jar}

if [ ! -f "$jar" ]; then
    mvn -B -q -DskipTests package
fi

for command in migrate create-groups init-dirs; do
    java -XX:TieredStopAtLevel=1 -jar "$jar" "$command" "$@"
done
