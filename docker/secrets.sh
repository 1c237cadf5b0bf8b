#!/bin/sh
# Makes the secrets of docker/compose.yaml that are not there yet, in docker/secrets/.
#
# Containers run as users of their own and see the files as they lie here, so the files can be read by all, and the
# folder by its owner alone: nobody else on this machine gets to them.
set -eu
umask 077

folder=$(dirname "$0")/secrets
mkdir -p "$folder"
chmod 700 "$folder"
for name in kitwright_secret kitwright_vault_key postgres_password vllm_api_key; do
    if [ -s "$folder/$name" ]; then
        echo "kept  $name"
        continue
    fi
    # 32 bytes in base64: what a vault's key must be, and more than enough for the others.
    head -c 32 /dev/urandom | base64 | tr -d '\n' > "$folder/$name.new"
    chmod 444 "$folder/$name.new"
    mv "$folder/$name.new" "$folder/$name"
    echo "made  $name"
done
