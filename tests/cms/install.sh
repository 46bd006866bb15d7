#!/usr/bin/env bash
# Installs the real CMSs of `make cms`: WordPress, PHP and MariaDB from Debian's packages, the newest WordPress of Debian unstable and Ghost into .cms.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
GHOST=6.65.0
GHOST_SHA512=0f7ebdaa2bce99f9f8630bc10f50e58ce1ac1e727304442106c8859c1643f868d6ac1a5d6506183479de89070a4152705289bc7875a69759f91512d02305453a

if ! { [ -d /usr/share/wordpress ] && command -v php mariadbd; } >/dev/null; then
    if [ "$(id -u)" -ne 0 ]; then
        echo 'make cms: expected the packages wordpress, mariadb-server, php-cli, php-mysql and php-xml, found not all of them' >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -qq --no-install-recommends wordpress mariadb-server php-cli php-mysql php-xml php-gd g++ make </dev/null >/dev/null
fi

npm ci --prefix tests/cms --ignore-scripts --no-audit --no-fund --loglevel error
node=$(echo "$PWD"/tests/cms/node_modules/node-linux-*)
export PATH="$PWD/tests/cms/node_modules/.bin:$node/bin:$PATH" npm_config_nodedir="$node"

rm -rf .cms
mkdir -p .cms
cd .cms

# The newest WordPress that Debian has, with the libraries that it links to, unpacked beside the installed one. Debian unstable
# changes daily: without it, the tests of the newest WordPress are skipped.
apt_newest() {
    apt-get -qq -o "Dir::Etc::sourcelist=$PWD/apt/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$PWD/apt/lists" \
        -o "Dir::Cache=$PWD/apt" -o APT::Sandbox::User= "$@"
}
unpack_newest() {
    mkdir -p apt/lists/partial apt/archives/partial &&
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $1 sid main" >apt/sources.list &&
        apt_newest update &&
        apt_newest download wordpress libphp-phpmailer php-getid3 libjs-{lodash,underscore,jquery-ui,cropper} &&
        for package in *.deb; do dpkg-deb -x "$package" . || return; done &&
        rm -r apt ./*.deb
}
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1)
mkdir newest
if [ -z "$mirror" ] || ! (cd newest && unpack_newest "$mirror"); then
    echo 'make cms: expected the newest WordPress from Debian unstable, got none; its tests are skipped' >&2
    rm -r newest
fi

npm pack --silent "ghost@$GHOST" >/dev/null
echo "$GHOST_SHA512  ghost-$GHOST.tgz" | sha512sum --check --quiet
tar xzf "ghost-$GHOST.tgz"
rm "ghost-$GHOST.tgz"
cd package
# Of its C++ modules, Ghost needs only the database driver. The others take minutes to compile, or have prebuilt packages.
pnpm install --prod --frozen-lockfile --ignore-scripts --reporter=silent
pnpm rebuild --reporter=silent better-sqlite3
node -e 'new (require("better-sqlite3"))(":memory:")'
