#!/bin/sh
# Takes secrets out of files, then becomes `kitwright`: NAME_FILE=/run/secrets/name sets NAME, so that no secret stands
# in compose.yaml, in .env, or in what `docker inspect` shows.
set -eu

for name in KITWRIGHT_SECRET KITWRIGHT_VAULT_KEY PGPASSWORD VLLM_API_KEY; do
    file=$(printenv "${name}_FILE") || continue
    [ -n "$file" ] || continue
    if [ ! -r "$file" ]; then
        echo "kitwright: ${name}_FILE names a file that can not be read: $file; see docker/README.md, Secrets" >&2
        exit 2
    fi
    value=$(cat "$file")
    export "$name=$value"
    unset "${name}_FILE"
done

exec kitwright "$@"
