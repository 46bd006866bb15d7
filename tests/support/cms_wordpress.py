"""Runs a real WordPress with PHP and MariaDB, connected by docs/cms/wordpress-script.md, and writes posts through its REST API.

https://developer.wordpress.org/rest-api/reference/posts/
"""

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_stack.client import Answer, call
from support.cms_processes import free_port, running
from support.paths import ROOT

INSTALLED = Path("/usr/share/wordpress")
USER = "desk"

CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('WP_ENVIRONMENT_TYPE', 'local'); // allows application passwords over HTTP
define('DISABLE_WP_CRON', true); // the tests run due events themselves
define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
# Prints an application password, which the REST API accepts in place of the user's own.
INSTALL = """
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('The Ferry', 'desk', 'desk@news.example', true, '', 'a password for the tests');
[$password] = WP_Application_Passwords::create_new_application_password(get_user_by('login', 'desk')->ID, ['name' => 'tests']);
echo "\\n", $password;
"""


@dataclass(frozen=True)
class WordPress:
    """A running WordPress and an application password of its editor."""

    base_url: str
    password: str
    site: Path

    def call(self, method: str, route: str, body: Mapping[str, Any] | None = None, query: str = "") -> Any:
        """Calls the REST API and returns its JSON. Raises AssertionError for any answer but 2xx."""
        token = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        headers = {"content-type": "application/json", "authorization": f"Basic {token}"}
        path = f"/index.php?rest_route=/wp/v2/{route}{query}"
        answer: Answer = call(self.base_url, method, path, json.dumps(body).encode() if body else None, headers)
        assert 200 <= answer.status < 300, f"{method} {route}: {answer.status} {answer.body[:500]!r}"
        return json.loads(answer.body)

    def create(self, route: str = "posts", **fields: object) -> dict[str, Any]:
        """Creates a post, or another kind of content, and returns it."""
        return dict(self.call("POST", route, fields))

    def upload(self, photo: Path, alt: str) -> int:
        """Adds a JPEG to the media library and returns its ID."""
        token = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        headers = {
            "content-type": "image/jpeg",
            "content-disposition": f'attachment; filename="{photo.name}"',
            "authorization": f"Basic {token}",
        }
        answer = call(self.base_url, "POST", "/index.php?rest_route=/wp/v2/media", photo.read_bytes(), headers)
        assert answer.status == 201, answer.body[:500]
        media_id = int(json.loads(answer.body)["id"])
        self.call("POST", f"media/{media_id}", {"alt_text": alt})
        return media_id

    def edit(self, post: Mapping[str, Any], **fields: object) -> dict[str, Any]:
        """Changes fields of a post and returns it."""
        return dict(self.call("POST", f"posts/{post['id']}", fields))

    def trash(self, post: Mapping[str, Any]) -> None:
        """Moves a post to the trash."""
        self.call("DELETE", f"posts/{post['id']}")

    def delete(self, post: Mapping[str, Any]) -> None:
        """Deletes a post for good."""
        self.call("DELETE", f"posts/{post['id']}", query="&force=true")

    def run(self, php: str) -> None:
        """Runs PHP inside WordPress."""
        subprocess.run(["php", "-r", f"require 'wp-load.php'; {php}"], cwd=self.site, check=True, capture_output=True)

    def run_due_events(self) -> None:
        """Runs WP-Cron, which publishes scheduled posts."""
        call(self.base_url, "GET", "/wp-cron.php")


@contextmanager
def running_wordpress(folder: Path, webhook_url: str, secret: str) -> Iterator[WordPress]:
    """Runs WordPress in `folder` with a new database, and yields it connected to Storycard."""
    site, data, sql_socket = folder / "site", folder / "data", folder / "sql"
    shutil.copytree(INSTALLED, site, symlinks=False, ignore_dangling_symlinks=True, ignore=shutil.ignore_patterns(".htaccess"))
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    (site / "wp-config.php").unlink()
    (site / "wp-config.php").write_text(CONFIG.replace("{socket}", str(sql_socket)).replace("{url}", base_url), "utf-8")
    plugins = site / "wp-content" / "mu-plugins"
    subprocess.run(
        ["mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", f"--datadir={data}", "--user=root"],
        check=True,
        capture_output=True,
    )
    server = ["mariadbd", "--no-defaults", "--user=root", f"--datadir={data}", f"--socket={sql_socket}", "--skip-networking"]
    sql = ["mariadb", "--no-defaults", f"--socket={sql_socket}", "--user=root", "--execute"]

    def answers_sql() -> bool:
        return subprocess.run([*sql, "SELECT 1"], capture_output=True).returncode == 0

    with running(server, folder / "mariadb.log", answers_sql, folder=folder):
        subprocess.run([*sql, "CREATE DATABASE wordpress CHARACTER SET utf8mb4"], check=True, capture_output=True)
        made = subprocess.run(["php", "-r", INSTALL], cwd=site, check=True, capture_output=True, text=True)
        plugins.mkdir(exist_ok=True)
        (plugins / "storycard.php").write_text(documented_script(webhook_url, secret), "utf-8")
        environment = {"PHP_CLI_SERVER_WORKERS": "4", "PATH": os.environ["PATH"]}
        command = ["php", "-d", "variables_order=EGPCS", "-S", f"127.0.0.1:{port}", "-t", str(site)]

        def is_ready() -> bool:
            return call(base_url, "GET", "/index.php?rest_route=/").status == 200

        with running(command, folder / "php.log", is_ready, folder=site, environment=environment):
            yield WordPress(base_url, made.stdout.splitlines()[-1], site)


def documented_script(webhook_url: str, secret: str) -> str:
    """Returns the script of docs/cms/wordpress-script.md with a URL and a secret."""
    [script] = re.findall(r"```php\n(<\?php\n.*?)```", (ROOT / "docs/cms/wordpress-script.md").read_text("utf-8"), re.DOTALL)
    return script.replace("https://API/webhooks/NAME", webhook_url).replace("'...'", f"'{secret}'")
