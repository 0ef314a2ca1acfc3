#!/usr/bin/env bash
# What somebody would write without the product: init, plan, show and apply in the folder of each root, wave by wave.
# Usage: bare-loop.sh ENGINE PARALLEL WAVES WIDTH; each folder n<wave>-<chain> has an `env` file beside its root.
set -euo pipefail
export ENGINE=$1

run_root() {
  cd "$1"
  set -a
  . ./env
  set +a
  "$ENGINE" init -no-color -input=false >init.log
  "$ENGINE" plan -no-color -input=false -out=saved.tfplan >plan.log
  "$ENGINE" show -no-color -json saved.tfplan >plan.json
  "$ENGINE" apply -no-color -input=false saved.tfplan >apply.log
}
export -f run_root

for ((wave = 0; wave < $3; wave++)); do
  seq 0 $(($4 - 1)) | xargs -P "$2" -I{} bash -c 'set -e; run_root "$0"' "n$wave-{}"
done
