"""Tests adapters.config.connections: optional tables, defaults of the stack, and errors that show no secret."""

from datetime import timedelta

import pytest

from adapters.config.connections import parse_connections
from adapters.errors import ConfigInvalid
from storycard.ingest import FORMATS

CMS = '[cms]\nurl = "https://cms.example/api/{id}"\nformat = "native"\n'
OUTGOING = '[outgoing]\nurl = "https://cms.example/hook"\nsecrets = ["whsec_c2VjcmV0", "b2xk"]\n'


def test_all_tables_are_optional():
    connections = parse_connections("[sources.desk]\nscheme = 1\n")
    assert (connections.cms, connections.photo_hosts, connections.outgoing, connections.slack) == (None, None, {}, None)


def test_reads_all_tables_and_hides_secrets_in_repr():
    connections = parse_connections(
        CMS + 'language = "de"\nheaders = {X-Key = "sesame"}\n[photos]\nhosts = ["CDN.example"]\n' + OUTGOING
    )
    assert (connections.cms.hosts, connections.cms.language, connections.cms.headers) == (
        {"cms.example"},
        "de",
        {"X-Key": "sesame"},
    )
    assert (connections.cms.id_prefix, connections.cms.refresh_after) == ("", timedelta(minutes=5))
    assert parse_connections(CMS + "refresh_seconds = 60").cms.refresh_after == timedelta(minutes=1)
    assert connections.photo_hosts == {"cdn.example"}
    assert connections.outgoing[""].keys == (b"secret", b"old")
    assert "sesame" not in repr(connections)
    assert "b'secret'" not in repr(connections)


def test_reads_the_slack_app_and_receivers_in_chats_and_hides_their_secrets():
    slack, teams = "https://hooks.slack.com/services/T0/B0/sesame", "https://flows.example/sesame"
    chats = f'[outgoing.desk]\nformat = "slack"\nurl = "{slack}"\n[outgoing.night]\nformat = "teams"\nurl = "{teams}"\n'
    app = '[slack]\nsecrets = ["sesame", "older"]\n'
    connections = parse_connections(OUTGOING + chats + app)
    formats = {name: receiver.format for name, receiver in connections.outgoing.items()}
    assert formats == {"": "standard-webhooks", "desk": "slack", "night": "teams"}
    assert connections.outgoing["desk"].url == slack
    assert connections.slack.keys == (b"sesame", b"older")
    assert "sesame" not in repr(connections)
    assert set(parse_connections(chats).outgoing) == {"desk", "night"}


def test_the_cms_table_overrides_the_stack_parameters():
    known = {"url": "https://cms.example/api/{id}", "format": "ghost"}
    assert parse_connections("", known).cms.format == "ghost"
    filled = parse_connections('[cms]\nformat = "native"\nheaders = {X-Key = "sesame"}\n', known).cms
    assert (filled.url, filled.format, filled.headers) == (known["url"], "native", {"X-Key": "sesame"})
    with pytest.raises(ConfigInvalid, match=r"^cms\.url: "):
        parse_connections("", known | {"url": "https://cms.example/api"})


def test_closed_text_is_used_only_if_the_table_says_so():
    assert not parse_connections(CMS).cms.paid_text
    assert parse_connections(CMS + 'paid_text = "cards"').cms.paid_text


def test_the_cms_may_have_a_table_instead_of_a_format():
    mapped = CMS.replace('format = "native"\n', "") + '[cms.map]\nid = "data.id"\n'
    assert parse_connections(mapped).cms.article_map.expressions == (("id", "data.id"),)
    assert parse_connections(mapped, {"url": "https://cms.example/{id}", "format": ""}).cms.format == "map"
    with pytest.raises(ConfigInvalid, match=r"^cms\.format: expected no key of this name beside the table map"):
        parse_connections(CMS + '[cms.map]\nid = "data.id"\n')
    with pytest.raises(ConfigInvalid, match=r"^cms\.map\.id: expected a JMESPath expression, got 'data\.', with a fault"):
        parse_connections(mapped.replace("data.id", "data."))


def test_the_cms_may_have_post_types():
    wordpress = CMS.replace('"native"', '"wordpress"')
    assert parse_connections(wordpress + 'post_types = ["longread"]').cms.post_types == ("longread",)


@pytest.mark.parametrize("name", FORMATS)
def test_articles_can_be_fetched_in_every_format(name):
    assert parse_connections(CMS.replace('"native"', f'"{name}"')).cms.format == name


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ("[cms", "connections"),
        ("cms = 1", "cms"),
        ("[cms]", "cms.url"),
        (CMS.replace("/{id}", ""), "cms.url"),
        (CMS.replace("cms.example", "{id}.example"), "cms.url"),
        (CMS.replace("cms.example", "[cms.example"), "cms.url"),
        (CMS.replace("https:", "ftp:"), "cms.url"),
        (CMS.replace("native", "pdf"), "cms.format"),
        (CMS + 'language = "not a tag"', "cms.language"),
        (CMS + "headers = 3", "cms.headers"),
        (CMS + "refresh_seconds = 9", "cms.refresh_seconds"),
        (CMS + 'id_prefix = "a/"', "cms.id_prefix"),
        (CMS + "paid_text = true", "cms.paid_text"),
        (CMS + 'headers = {X = "sesame\\r\\nY: 1"}', "cms.headers.X"),
        (CMS + 'headers = {"X Y" = "sesame"}', "cms.headers.X Y"),
        ("[photos]\nhosts = 'a'", "photos.hosts"),
        ("[outgoing]\nurl = 'https://a.example'", "outgoing.secrets"),
        (OUTGOING.replace("b2xk", "sesame*"), "outgoing.secrets[1]"),
        (OUTGOING.replace("b2xk", "whsec_"), "outgoing.secrets[1]"),
        ("[outgoing]", "outgoing.url"),
        (OUTGOING + 'format = "sesam"', "outgoing.format"),
        (OUTGOING + 'format = "slack"', "outgoing.secrets"),
        ("[outgoing.desk]\nformat = 'slack'", "outgoing.desk.url"),
        ("[outgoing.desk]\nurl = 'https://a.example'", "outgoing.desk.secrets"),
        ("slack = 'sesame'", "slack"),
        ("[slack]\nsecrets = []", "slack.secrets"),
        ("[slack]\nsecrets = ['sesame ']", "slack.secrets[0]"),
    ],
)
def test_names_the_wrong_key_and_shows_no_secret(document, field):
    with pytest.raises(ConfigInvalid) as error:
        parse_connections(document)
    assert error.value.field == field
    assert "sesame" not in str(error.value)
