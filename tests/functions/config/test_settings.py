"""Tests adapters.config.settings and adapters.config.webhook_sources."""

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from adapters.config import secrets_cache
from adapters.config.connections import load_connections
from adapters.config.feed_sources import load_feeds
from adapters.config.settings import read_settings
from adapters.config.webhook_sources import load_sources, parse_sources
from adapters.errors import ConfigInvalid
from support.lambda_events import SECRET

NEEDED = {
    "BUCKET": "cards",
    "QUEUE_URL": "https://sqs.example/renders",
    "PHOTO_QUEUE_URL": "https://sqs.example/photos",
    "WEBHOOKS_SECRET": "webhooks",
    "CONNECTIONS_SECRET": "connections",
    "QUEUE_ARN": "arn:aws:sqs:eu-west-1:123456789012:renders",
    "SCHEDULE_GROUP": "storycard",
    "SCHEDULE_ROLE_ARN": "arn:aws:iam::123456789012:role/scheduler",
    "DONE_QUEUE_URL": "https://sqs.example/done",
    "ARCHIVE_DONE_QUEUE_URL": "https://sqs.example/archive-done",
}
SOURCE = f'[sources.desk]\nscheme = "standard-webhooks"\nformat = "native"\nsecrets = ["{SECRET}"]\n'


def test_only_resource_names_are_required():
    settings = read_settings(NEEDED)
    places = (
        settings.bucket,
        settings.queue_url,
        settings.photo_queue_url,
        settings.webhooks_secret,
        settings.connections_secret,
    )
    assert places == tuple(NEEDED.values())[:5]
    assert (settings.event_bus, settings.distribution_id, settings.local_addresses) == ("default", "", False)
    assert settings.assets_dir == Path("/opt")
    assert settings.theme is None
    assert (settings.brand, settings.cms_url, settings.cms_format) == ("", "", "")
    assert settings.public_base_url == ""


def test_reads_settings_from_the_environment():
    cms = {"CMS_URL": "https://cms.example/{id}", "CMS_FORMAT": "ghost"}
    design = {"ASSETS_DIR": "assets", "BRAND": "harbour-post", "THEME": "broadsheet"}
    settings = read_settings(NEEDED | {"PUBLIC_BASE_URL": "https://cards.example/"} | design | cms)
    assert (settings.cms_url, settings.cms_format) == ("https://cms.example/{id}", "ghost")
    assert settings.brand == "harbour-post"
    assert settings.public_base_url == "https://cards.example"
    assert settings.assets_dir == Path("assets")
    assert settings.theme == "broadsheet"


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, ""])
def test_names_a_missing_variable(name, value):
    environ = {key: text for key, text in NEEDED.items() if key != name} | ({name: value} if value is not None else {})
    with pytest.raises(ConfigInvalid, match=f"{name}: expected"):
        read_settings(environ)


def test_reads_a_source():
    source = parse_sources(SOURCE + 'language = "en-GB"\n')["desk"]
    assert (source.name, source.scheme, source.format, source.language) == ("desk", "standard-webhooks", "native", "en-GB")
    assert source.credentials.keys == (b"a key of the newsroom's CMS",)


def test_closed_text_is_used_only_if_the_source_says_so():
    assert not parse_sources(SOURCE)["desk"].paid_text
    assert parse_sources(SOURCE + 'paid_text = "cards"\n')["desk"].paid_text


def test_titles_for_social_networks_are_used_unless_the_source_says_so():
    assert parse_sources(SOURCE)["desk"].social_titles
    assert not parse_sources(SOURCE + 'social_titles = "none"\n')["desk"].social_titles


def test_post_types_are_those_of_wordpress():
    wordpress = SOURCE.replace("native", "wordpress")
    assert parse_sources(wordpress)["desk"].post_types == ("post",)
    assert parse_sources(wordpress + 'post_types = ["post", "longread"]\n')["desk"].post_types == ("post", "longread")


def test_hides_keys_in_repr():
    assert "a key of" not in repr(parse_sources(SOURCE)["desk"])


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ("", "sources"),
        ("sources = 3", "sources"),
        ("[sources", "webhook sources"),
        ("[sources]\ndesk = 1", "sources.desk"),
        (SOURCE.replace("desk", '"../desk"'), "sources.../desk"),
        (SOURCE.replace("standard-webhooks", "guess"), "sources.desk.scheme"),
        (SOURCE.replace("native", "pdf"), "sources.desk.format"),
        (SOURCE.replace(f'["{SECRET}"]', f'"{SECRET}"'), "sources.desk.secrets"),
        (SOURCE.replace(f'["{SECRET}"]', "[]"), "sources.desk.secrets"),
        (SOURCE.replace(SECRET, "whsec_*"), "sources.desk.secrets[0]"),
        (SOURCE.replace(f'"{SECRET}"', "1"), "sources.desk.secrets[0]"),
        (SOURCE + 'language = "not a tag"\n', "sources.desk.language"),
        (SOURCE + 'header = "X-Secret"\n', "sources.desk.header"),
        (SOURCE + 'paid_text = "card"\n', "sources.desk.paid_text"),
        (SOURCE + "social_titles = false\n", "sources.desk.social_titles"),
        (SOURCE + 'post_types = ["post"]\n', "sources.desk.post_types"),
        (SOURCE.replace("native", "wordpress") + "post_types = []\n", "sources.desk.post_types"),
        (SOURCE.replace("native", "wordpress") + 'post_types = ["Long read"]\n', "sources.desk.post_types"),
        (SOURCE.replace("standard-webhooks", "static-header"), "sources.desk.header"),
        (SOURCE.replace("standard-webhooks", "static-header") + 'header = "no name"\n', "sources.desk.header"),
        (SOURCE.replace("standard-webhooks", "hmac-sha256") + "header = 1\n", "sources.desk.header"),
        (SOURCE.replace('"native"', '["native"]'), "sources.desk.format"),
    ],
)
def test_names_the_wrong_key_of_a_source_and_shows_no_secret(document, field):
    with pytest.raises(ConfigInvalid) as error:
        parse_sources(document)
    assert error.value.field == field
    assert SECRET.removeprefix("whsec_") not in str(error.value)


@pytest.mark.parametrize(
    ("secret", "load", "tables"),
    [
        ("webhooks", partial(load_sources, "webhooks"), (SOURCE, SOURCE.replace("desk", "wire"))),
        ("connections", partial(load_connections, read_settings(NEEDED)), ("", "[slack]\nsecrets = ['sesame']\n")),
        ("connections", partial(load_feeds, read_settings(NEEDED)), ("", "[feeds.wire]\nurl = 'https://www.news.example/rss'\n")),
    ],
)
def test_a_secret_is_parsed_once_until_its_text_changes(monkeypatch, secret: str, load: Callable[[], object], tables):
    first, second = (secrets_cache.Secret(table, math.inf) for table in tables)
    monkeypatch.setitem(secrets_cache.known, secret, first)
    before = load()
    assert load() is before
    monkeypatch.setitem(secrets_cache.known, secret, second)
    assert load() != before
