"""Runs a real WordPress with PHP and MariaDB, and writes posts through its REST API, as the block editor does.

https://developer.wordpress.org/rest-api/reference/posts/
"""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_stack.client import Answer, call
from support.cms_processes import running
from support.paths import ROOT

INSTALLED = Path("/usr/share/wordpress")
NEWEST = ROOT / ".cms/newest/usr/share/wordpress"  # only where Debian's packages are
USER, PASSWORD = "desk", "a password for the tests"

CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('WP_DEFAULT_THEME', 'plain');
define('WP_ENVIRONMENT_TYPE', 'local'); // allows application passwords over HTTP
define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
# Debian's package has no theme.
THEME = """<!doctype html><html <?php language_attributes(); ?>><head><meta charset="utf-8"><?php wp_head(); ?></head><body><?php
while (have_posts()) { the_post(); the_title('<h1>', '</h1>'); the_content(); } wp_footer(); ?></body></html>"""
# Prints an application password, which the REST API accepts in place of the user's own.
INSTALL = """
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('The Ferry', '{user}', 'desk@news.example', true, '', '{password}');
[$password] = WP_Application_Passwords::create_new_application_password(get_user_by('login', '{user}')->ID, ['name' => 'tests']);
echo "\\n", $password;
""".replace("{user}", USER).replace("{password}", PASSWORD)


@dataclass(frozen=True)
class WordPress:
    """A running WordPress and an application password of its editor; Storycard has `prefix` before the IDs of its posts."""

    base_url: str
    password: str
    site: Path
    prefix: str

    def article_id(self, post: Mapping[str, Any]) -> str:
        """Returns the ID that Storycard has for a post."""
        return f"{self.prefix}{post['id']}"

    def call(self, method: str, route: str, body: Mapping[str, Any] | None = None, query: str = "") -> Any:
        """Calls a route of the REST API, below wp/v2 if it has no slash before it, and returns its JSON.

        Raises AssertionError for any answer but 2xx.
        """
        token = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        headers = {"content-type": "application/json", "authorization": f"Basic {token}"}
        path = f"/index.php?rest_route={route if route.startswith('/') else f'/wp/v2/{route}'}{query}"
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

    def run(self, php: str, *files: str) -> str:
        """Runs PHP inside WordPress, after other files of it, and returns what it prints."""
        command = ["php", "-r", "".join(f"require '{file}'; " for file in ("wp-load.php", *files)) + php]
        return subprocess.run(command, cwd=self.site, check=True, capture_output=True, text=True).stdout

    def tag(self, name: str) -> int:
        """Returns the ID of a tag, which is made if it is new."""
        return int(self.run(f"echo wp_create_tag('{name}')['term_id'] ?? 0;", "wp-admin/includes/taxonomy.php"))

    def option(self, name: str) -> str:
        """Returns an option, as JSON if it is not a text."""
        return self.run(f"$value = get_option('{name}'); echo is_string($value) ? $value : json_encode($value);")

    def set_option(self, name: str, value: str) -> None:
        self.run(f"update_option('{name}', '{value}');")

    def set_meta(self, post_id: int, **meta: object) -> None:
        """Writes post meta as another plugin does."""
        written = json.dumps(json.dumps(meta))
        self.run(f"foreach (json_decode({written}, true) as $key => $value) update_post_meta({post_id}, $key, $value);")

    def run_due_events(self) -> None:
        """Runs WP-Cron, which publishes scheduled posts."""
        call(self.base_url, "GET", "/wp-cron.php")


@contextmanager
def running_wordpress(folder: Path, installed: Path, prefix: str, port: int) -> Iterator[WordPress]:
    """Runs a copy of the `installed` WordPress in `folder` with a new database."""
    site, data, sql_socket = folder / "site", folder / "data", folder / "sql"
    shutil.copytree(installed, site, ignore=shutil.ignore_patterns(".htaccess"))
    base_url = f"http://127.0.0.1:{port}"
    theme = site / "wp-content" / "themes" / "plain"
    theme.mkdir(parents=True)
    (theme / "style.css").write_text("/* Theme Name: Plain */")
    (theme / "index.php").write_text(THEME)
    (site / "wp-config.php").unlink(missing_ok=True)
    (site / "wp-config.php").write_text(CONFIG.replace("{socket}", str(sql_socket)).replace("{url}", base_url), "utf-8")
    # A starting server deletes the temporary tables of others that share its folder for them.
    temporary = folder / "tmp"
    temporary.mkdir()
    options = ["--no-defaults", "--user=root", f"--datadir={data}", f"--tmpdir={temporary}"]
    subprocess.run(["mariadb-install-db", *options, "--auth-root-authentication-method=normal"], check=True)
    server = ["mariadbd", *options, f"--socket={sql_socket}", "--skip-networking"]
    sql = ["mariadb", "--no-defaults", f"--socket={sql_socket}", "--user=root", "--execute"]

    def answers_sql() -> bool:
        return subprocess.run([*sql, "SELECT 1"], capture_output=True).returncode == 0

    with running(server, folder / "mariadb.log", answers_sql, folder=folder):
        subprocess.run([*sql, "CREATE DATABASE wordpress CHARACTER SET utf8mb4"], check=True, capture_output=True)
        made = subprocess.run(["php", "-r", INSTALL], cwd=site, check=True, capture_output=True, text=True)
        environment = {"PHP_CLI_SERVER_WORKERS": "4", "PATH": os.environ["PATH"]}
        command = ["php", "-d", "variables_order=EGPCS", "-S", f"127.0.0.1:{port}", "-t", str(site)]

        def is_ready() -> bool:
            return call(base_url, "GET", "/index.php?rest_route=/").status == 200

        with running(command, folder / "php.log", is_ready, folder=site, environment=environment):
            yield WordPress(base_url, made.stdout.splitlines()[-1], site, prefix)
