"""Clicks through Storycard's plugin in a real WordPress, and looks at the pages, the settings and the list of posts.

neighbours.php stands in for the plugins that work beside it, by their documented hooks and meta keys only.
"""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from standardwebhooks import Webhook

from local_stack.client import call
from support.cms_wordpress import WordPress
from support.cms_wordpress_admin import Admin, connect, set_up
from support.paths import ROOT, SAMPLES
from support.reader import Reader, wait_until
from support.web_server import page, web_server

pytestmark = [pytest.mark.cms, pytest.mark.parametrize("wordpress", ["plugin", "newest"], indirect=True)]

CONSUMERS = ROOT / "tests/slow/consumers"
BODY = """<p>The harbour ferries will run through the night from Friday.</p>
<ul><li>Six boats leave every hour until five in the morning</li><li>Tickets cost as much as by day</li></ul>
<blockquote><p>Nobody should have to swim home after work.</p><cite>Ada Quist, port director</cite></blockquote>"""
IMAGE = re.compile(r'<meta property="og:image" content="([^"]*)">')
FIELDS = {
    "_storycard_key_fact": "Eleven boats are new this summer",
    "_storycard_quote": "Boats never sleep.",
    "_storycard_quote_speaker": "Bo Lind",
    "_storycard_social_headline": "The night belongs to the ferries",
}


@pytest.fixture
def admin(wordpress: WordPress) -> Iterator[Admin]:
    """A browser of the administrator, whose settings of Storycard are taken back after the test."""
    secret, settings = wordpress.option("storycard_secret"), json.loads(wordpress.option("storycard"))
    admin = Admin(wordpress.base_url)
    yield admin
    set_up(admin, secret=secret, url=settings["url"], sections=settings["sections"])


@pytest.fixture
def neighbour(wordpress: WordPress) -> Iterator[Callable[[str], None]]:
    """Puts the stand-in for one plugin beside Storycard's."""
    folder = wordpress.site / "wp-content" / "mu-plugins"
    folder.mkdir(exist_ok=True)
    shutil.copy(Path(__file__).with_name("neighbours.php"), folder)
    yield lambda name: wordpress.set_option("neighbour", name)
    (folder / "neighbours.php").unlink()


def page_of(wordpress: WordPress, post: dict) -> str:
    return call(wordpress.base_url, "GET", post["link"].removeprefix(wordpress.base_url)).body.decode()


def card_in(wordpress: WordPress, post: dict, other_than: str = "") -> str:
    """Waits for the og:image of a post's page, and returns its address."""

    def shown() -> list[str]:
        return [url for url in IMAGE.findall(page_of(wordpress, post)) if url != other_than]

    wait_until(lambda: bool(shown()), lambda: "an og:image")
    [url] = shown()
    return url


def status_of(admin: Admin, post: dict) -> str:
    """Returns what the list of posts says about the cards of a post."""
    rows = admin.open("/wp-admin/edit.php").tree
    return rows.css_first(f"#post-{post['id']} .column-storycard").text(strip=True)


def sweep(wordpress: WordPress) -> None:
    """Sends what is due, as WP-Cron does each minute."""
    wordpress.run("Storycard\\sweep();")


def test_page_has_the_newest_card_and_consumers_read_it(wordpress: WordPress, reader: Reader) -> None:
    post = wordpress.create(title="Ferries & buses run “all night”", content=BODY, status="publish")
    first = card_in(wordpress, post)
    article_id = wordpress.article_id(post)
    assert re.fullmatch(rf"{reader.base_url}/cards/{article_id}/[0-9a-f]{{16}}/headline/og\.(png|jpg)", first)
    post = wordpress.edit(post, title="Ferries run until five")
    newest = card_in(wordpress, post, other_than=first)
    assert newest in reader.get(f"/cards/{article_id}").body.decode()

    node = next((CONSUMERS / "node_modules").glob("node-*/bin/node"), "node")
    read = subprocess.run([node, CONSUMERS / "read.mjs", post["link"]], capture_output=True, text=True, check=True, timeout=120)
    [reading] = json.loads(read.stdout)
    graph = reading["open-graph-scraper"]
    [image] = graph["ogImage"]
    alt = reader.alt(article_id, "headline", "og")
    assert (image["url"], image["width"], image["height"], image["alt"]) == (newest, "1200", "630", alt)
    assert reader.get(newest.removeprefix(reader.base_url)).headers["content-type"] == image["type"]
    assert (graph["twitterCard"], graph["twitterImage"][0]["url"]) == ("summary_large_image", newest)
    assert [picture["url"] for picture in reading["unfurl.js"]["open_graph"]["images"]] == [newest]
    assert reading["metascraper"]["image"] == newest

    wordpress.edit(post, status="draft")
    reader.sees(article_id, "")
    assert not IMAGE.findall(page_of(wordpress, post))


@pytest.mark.parametrize("name", ["yoast", "rank_math", "tsf", "jetpack"])
def test_page_never_has_two_images(wordpress: WordPress, reader: Reader, neighbour: Callable[[str], None], name: str) -> None:
    neighbour(name)
    post = wordpress.create(title=f"Beside {name}", content=BODY, status="publish")
    about = wordpress.create("pages", title="About", content=BODY, status="publish")
    wait_until(lambda: reader.base_url in page_of(wordpress, post), lambda: "the card in the page")
    html = page_of(wordpress, post)
    assert "seo.example" not in html
    assert (
        len(IMAGE.findall(html))
        == html.count("og:image:width")
        == html.count('"twitter:card"')
        == html.count('"twitter:image"')
        == 1
    )
    assert 'property="og:title"' in html
    assert IMAGE.findall(page_of(wordpress, about)) == ["https://seo.example/a.jpg"]


def test_what_other_plugins_know_of_a_post_is_sent(
    wordpress: WordPress, reader: Reader, neighbour: Callable[[str], None]
) -> None:
    neighbour("polylang")
    photo = wordpress.upload(SAMPLES / "with-photo" / "ridge-path.jpg", "A ridge")
    wordpress.call("POST", f"media/{photo}", {"caption": "The ridge at dusk. Photo: Ruth Pellow"})
    sections = [wordpress.call("POST", "categories", {"name": f"{name} {photo}"})["id"] for name in ("Alps", "Harbour")]
    live = wordpress.tag("live")
    post = wordpress.create(title="Färjorna går hela natten", content=BODY, status="draft", categories=sections, tags=[live])
    wordpress.set_meta(photo, _wpsmartcrop_enabled="1", _wpsmartcrop_image_focus={"left": 25, "top": 80})
    wordpress.set_meta(post["id"], **{
        "_yoast_wpseo_primary_category": sections[1],
        "_yoast_wpseo_opengraph-title": "Båtar hela natten",
        "_yoast_wpseo_opengraph-description": "Vad hamnen beslutade.",
        "newspack_post_subtitle": "Ett år på prov",
    })  # fmt: skip
    wordpress.edit(post, status="publish", featured_media=photo)
    reader.sees(wordpress.article_id(post), "Båtar hela natten")
    article = reader.article(wordpress.article_id(post))
    assert article["language"] == "sv-SE"
    assert article["byline"] == ["Ida Holm", "Li Wei"]
    assert article["section"] == f"Harbour {photo}"
    assert (article["deck"], article["label"]) == ("Ett år på prov", "live")
    image = article["image"]
    assert (image["alt"], image["credit"], image["focal_point"]) == ("A ridge", "Ruth Pellow", [0.25, 0.8])


def test_language_of_wpml_and_variables_of_yoast(wordpress: WordPress, reader: Reader, neighbour: Callable[[str], None]) -> None:
    titles = {"_yoast_wpseo_opengraph-title": "Ferger hele natten – %%sitename%%", "rank_math_facebook_title": "Båter %sep% natt"}
    neighbour("yoast")
    post = wordpress.create(title="Ferries at night", content=BODY, status="draft")
    wordpress.set_meta(post["id"], **titles)
    wordpress.edit(post, status="publish")
    reader.sees(wordpress.article_id(post), "Ferger hele natten – The Ferry")
    neighbour("wpml")
    wordpress.edit(post, title="Fergene går hele natten", content="<p>Fergene går hele natten.</p>")
    reader.sees(wordpress.article_id(post), "Fergene går hele natten")  # both titles have variables of plugins that are gone
    assert reader.article(wordpress.article_id(post))["language"] == "nb-NO"


def test_text_for_members_is_not_even_sent(wordpress: WordPress, reader: Reader, neighbour: Callable[[str], None]) -> None:
    neighbour("paid")
    post = wordpress.create(title="For members", content=BODY, status="publish")
    # No request for meta boxes follows, so WP-Cron sends the post after a while.

    def is_shown_after_a_sweep() -> bool:
        sweep(wordpress)
        return reader.shown(wordpress.article_id(post)) != ""

    wait_until(is_shown_after_a_sweep, lambda: "cards from a sweep")
    reader.sees(wordpress.article_id(post), "For members")
    assert "Six boats" not in reader.words(wordpress.article_id(post))


def test_post_is_sent_after_its_meta_boxes_are_saved(
    wordpress: WordPress, reader: Reader, admin: Admin, neighbour: Callable[[str], None]
) -> None:
    neighbour("meta_box")
    post = wordpress.create(title="For members soon", content=BODY, status="publish")
    reader.never_sees(wordpress.article_id(post), "")
    # The block editor sends this form after the REST API's answer, with what is in meta boxes.
    admin.submit(admin.open(f"/wp-admin/post.php?post={post['id']}&action=edit"), "form.metabox-base-form")
    reader.sees(wordpress.article_id(post), "For members soon")
    assert "Six boats" not in reader.words(wordpress.article_id(post))
    wordpress.edit(post, status="draft")
    wait_until(lambda: not reader.shown(wordpress.article_id(post)), lambda: "a withdrawal that does not wait")


def test_editors_fields_are_on_the_cards_and_hidden_from_visitors(wordpress: WordPress, reader: Reader) -> None:
    post = wordpress.create(title="Ferries run all night", content=BODY, status="publish", meta=FIELDS)
    reader.sees(wordpress.article_id(post), FIELDS["_storycard_social_headline"])
    words = reader.words(wordpress.article_id(post))
    assert all(text in words for text in ("Eleven boats are new this summer", "Boats never sleep", "Bo Lind"))
    public = call(wordpress.base_url, "GET", f"/index.php?rest_route=/wp/v2/posts/{post['id']}").body.decode()
    assert "Bo Lind" not in public
    wordpress.edit(post, meta={"_storycard_social_headline": ""})
    reader.sees(wordpress.article_id(post), "Ferries run all night")


def test_panel_lists_cards_for_editors_alone(wordpress: WordPress, reader: Reader) -> None:
    post = wordpress.create(title="Ferries in the panel", content=BODY, status="publish")
    reader.sees(wordpress.article_id(post), "Ferries in the panel")
    route = f"/storycard/v1/posts/{post['id']}"
    panel = wordpress.call("GET", f"{route}/cards")
    assert panel["status"].startswith(("Sent ", "Waiting"))  # the answer may still be on its way
    assert panel["studio"] == f"{reader.base_url}/studio#/article/{wordpress.article_id(post)}"
    kinds = {(card["kind"], card["format"]) for card in panel["cards"]}
    assert {("headline", "og"), ("bullet", "square"), ("quote", "story")} <= kinds
    wordpress.call("POST", f"{route}/send")
    wait_until(lambda: wordpress.call("GET", f"{route}/cards")["status"].startswith("Sent "), lambda: "that it was sent")
    for method, path in (("GET", f"{route}/cards"), ("POST", f"{route}/send"), ("POST", "/storycard/v1/sweep")):
        assert call(wordpress.base_url, method, f"/index.php?rest_route={path}").status == 401


def test_shortcode_block_and_share_address_show_cards(
    wordpress: WordPress, reader: Reader, neighbour: Callable[[str], None]
) -> None:
    neighbour("none")  # it opens the port of the local system
    post = wordpress.create(title="Ferries to embed", content=BODY, status="publish")
    article_id = wordpress.article_id(post)
    card_in(wordpress, post)
    content = (
        f'[storycard kind="quote" format="square" post="{post["id"]}"]\n\n'
        f'<!-- wp:storycard/card {{"kind":"bullet","format":"story","postId":{post["id"]}}} /-->\n\n'
        f"{reader.base_url}/share/{article_id}\n\n"
        f'[storycard kind="bogus" post="{post["id"]}"][storycard post="999999"]'
    )
    html = page_of(wordpress, wordpress.create("pages", title="Cards", content=content, status="publish"))
    assert f'src="{reader.base_url}/cards/{article_id}/quote/square" width="1080" height="1080" alt="' in html
    assert f'src="{reader.base_url}/cards/{article_id}/bullet/story" width="1080" height="1920"' in html
    assert re.search(rf'<img [^>]*src="{reader.base_url}/cards/{article_id}/[0-9a-f]{{16}}/headline/og', html)
    assert html.count("<figure") == 2


def test_wrong_secret_is_told_in_plain_words_and_its_posts_are_sent_later(
    wordpress: WordPress, reader: Reader, admin: Admin
) -> None:
    right = wordpress.option("storycard_secret")
    refused = set_up(admin, secret="whsec_d3Jvbmcgc2VjcmV0")
    assert any("did not accept the signature" in notice for notice in refused.notices())
    post = wordpress.create(title="Sent with the wrong secret", content=BODY, status="publish")
    wait_until(lambda: "Next try in" in status_of(admin, post), lambda: status_of(admin, post))
    assert "did not accept the signature" in status_of(admin, post)
    assert "Sent with the wrong secret" in admin.open("/wp-admin/options-general.php?page=storycard").html
    reader.never_sees(wordpress.article_id(post), "")
    invalid = set_up(admin, secret="no secret", url="ftp://cards.example")
    assert len([notice for notice in invalid.notices() if "expected" in notice]) == 2
    set_up(admin, secret=right)
    assert right not in admin.open("/wp-admin/options-general.php?page=storycard").html
    reader.sees(wordpress.article_id(post), "Sent with the wrong secret")
    wait_until(lambda: status_of(admin, post).startswith("Sent "), lambda: status_of(admin, post))


def test_refused_post_says_why_and_can_be_sent_again(wordpress: WordPress, reader: Reader, admin: Admin) -> None:
    post = wordpress.create(title="", content=BODY, status="publish")
    wait_until(lambda: "headline" in status_of(admin, post), lambda: status_of(admin, post))
    wordpress.run(f"$GLOBALS['wpdb']->update('wp_posts', ['post_title' => 'Now with a title'], ['ID' => {post['id']}]);")
    admin.click(admin.open("/wp-admin/edit.php"), f"#post-{post['id']} .column-storycard a")
    reader.sees(wordpress.article_id(post), "Now with a title")
    forged = f"/wp-admin/admin-post.php?action=storycard_send&post={post['id']}"
    with pytest.raises(HTTPError, match="403"):
        admin.open(forged)


def test_storycard_that_is_down_gets_the_post_when_it_is_back(wordpress: WordPress, reader: Reader, admin: Admin) -> None:
    settings = wordpress.option("storycard")
    set_up(admin, url="http://127.0.0.1:9/webhooks/newsroom")
    post = wordpress.create(title="Sent while nobody listened", content=BODY, status="publish")
    wait_until(lambda: "did not answer" in status_of(admin, post), lambda: status_of(admin, post))
    assert "Next try in" in status_of(admin, post)
    set_up(admin, url=json.loads(settings)["url"])
    reader.sees(wordpress.article_id(post), "Sent while nobody listened")


def test_editor_does_not_wait_for_a_slow_storycard_and_events_are_signed(wordpress: WordPress, admin: Admin) -> None:
    with web_server() as slow:
        slow.pages["/webhooks/newsroom"] = page(b"{}", 202, delay=6)
        set_up(admin, url=f"{slow.base_url}/webhooks/newsroom")
        slow.requests.clear()
        begun = time.monotonic()
        post = wordpress.create(title="Nobody waits", content=BODY, status="publish")
        assert time.monotonic() - begun < 5
        wait_until(lambda: "POST" in [request.method for request in slow.requests], lambda: "an event")
        request = next(request for request in slow.requests if request.method == "POST")
        verified = Webhook(wordpress.option("storycard_secret")).verify(request.body, dict(request.headers))
        assert (verified["event"], verified["post"]["id"]) == ("post.publish", post["id"])
        wait_until(lambda: status_of(admin, post).startswith("Sent "), lambda: status_of(admin, post))


def test_meta_that_changes_during_a_send_is_sent(wordpress: WordPress, admin: Admin) -> None:
    with web_server() as slow:
        slow.pages["/webhooks/newsroom"] = page(b"{}", 202, delay=4)
        set_up(admin, url=f"{slow.base_url}/webhooks/newsroom")
        slow.requests.clear()
        post = wordpress.create(title="Sent slowly", content=BODY, status="publish")

        def sent(words: bytes) -> bool:
            return any(words in request.body for request in slow.requests if request.method == "POST")

        wait_until(lambda: sent(b"Sent slowly"), lambda: "the first event")
        wordpress.set_meta(post["id"], _storycard_social_headline="Written during the send")
        wait_until(lambda: sent(b"Written during the send"), lambda: "a second event")
        wait_until(lambda: status_of(admin, post).startswith("Sent "), lambda: status_of(admin, post))


def test_post_that_is_unpublished_while_there_is_no_address_is_withdrawn_later(
    wordpress: WordPress, reader: Reader, admin: Admin
) -> None:
    url = json.loads(wordpress.option("storycard"))["url"]
    post = wordpress.create(title="Unpublished meanwhile", content=BODY, status="publish")
    reader.sees(wordpress.article_id(post), "Unpublished meanwhile")
    set_up(admin, url="")
    wordpress.edit(post, status="draft")
    set_up(admin, url=url)
    reader.sees(wordpress.article_id(post), "")


def test_cards_that_were_read_over_a_day_ago_are_read_again(wordpress: WordPress, reader: Reader) -> None:
    post = wordpress.create(title="Ferries of last year", content=BODY, status="publish")
    card = card_in(wordpress, post)
    purged = "https://cards.example/purged.png"
    cards = json.loads(wordpress.run(f"echo json_encode(get_post_meta({post['id']}, '_storycard_cards', true));"))
    cards["headline"]["og"]["url"] = purged

    def sweep_after(hours: int) -> str:
        """Returns the card after a sweep, if the former one was read so long ago and is gone since."""
        wordpress.set_meta(post["id"], _storycard_cards=cards)
        read = f"['state' => 'done', 'due_at' => time() - {hours} * HOUR_IN_SECONDS], ['post_id' => {post['id']}]"
        wordpress.run(f"$GLOBALS['wpdb']->update(Storycard\\table(), {read});")
        sweep(wordpress)
        return card_in(wordpress, post)

    assert sweep_after(hours=23) == purged
    assert sweep_after(hours=25) == card
    wordpress.set_meta(post["id"], _storycard_cards=cards)
    sweep(wordpress)
    assert card_in(wordpress, post) == purged  # it was read a moment ago


def test_sections_choose_what_is_sent_and_the_archive_is_sent_by_a_button(
    wordpress: WordPress, reader: Reader, admin: Admin
) -> None:
    url = json.loads(wordpress.option("storycard"))["url"]
    sport, news = (wordpress.call("POST", "categories", {"name": f"{name} {url[-6:]}"})["id"] for name in ("Sport", "News"))
    set_up(admin, url="")
    old = wordpress.create(title="From the archive", content=BODY, status="publish", categories=[news])
    set_up(admin, url=url, sections=[str(news)])
    match = wordpress.create(title="A match", content=BODY, status="publish", categories=[sport])
    page = admin.open("/wp-admin/options-general.php?page=storycard")
    done = admin.submit(page, "form:has(input[value=storycard_archive])")
    assert any(notice.startswith("Posts that are being sent: ") for notice in done.notices())
    reader.sees(wordpress.article_id(old), "From the archive")
    assert reader.shown(wordpress.article_id(match)) == ""
    wordpress.edit(old, categories=[sport])
    reader.sees(wordpress.article_id(old), "")
    set_up(admin, sections=[])
    wordpress.edit(old, categories=[sport], title="From the archive again")
    reader.sees(wordpress.article_id(old), "From the archive again")


def test_settings_are_in_the_language_of_the_site(wordpress: WordPress, admin: Admin) -> None:
    languages = wordpress.site / "wp-content" / "languages"  # WordPress offers those that it has files of
    languages.mkdir(exist_ok=True)
    for locale, label, in_panel in (
        ("de_DE", "Webhook-Adresse", "Wichtigster Fakt"),
        ("fr_FR", "Adresse du webhook", r"Fait cl\u00e9"),
        ("es_ES", "Dirección del webhook", "Dato clave"),
    ):
        shutil.copy(wordpress.site / f"wp-content/plugins/storycard/languages/storycard-{locale}.mo", languages / f"{locale}.mo")
        wordpress.set_option("WPLANG", locale)
        assert label in admin.open("/wp-admin/options-general.php?page=storycard").html
        assert in_panel in admin.open("/wp-admin/post-new.php").html
    wordpress.set_option("WPLANG", "")


def test_deleting_the_plugin_removes_what_it_stored(wordpress: WordPress, reader: Reader, plugin_zip: Path) -> None:
    webhook, secret = json.loads(wordpress.option("storycard"))["url"], wordpress.option("storycard_secret")
    post = wordpress.create(title="Before the plugin goes", content=BODY, status="publish", meta=FIELDS)
    reader.sees(wordpress.article_id(post), FIELDS["_storycard_social_headline"])
    admin = Admin(wordpress.base_url)
    plugins = admin.click(admin.open("/wp-admin/plugins.php"), "tr[data-slug=storycard] .deactivate a")
    confirm = admin.click(plugins, "tr[data-slug=storycard] .delete a")
    admin.submit(confirm, "form:has(input[name=verify-delete])")
    assert not (wordpress.site / "wp-content/plugins/storycard").exists()
    left = wordpress.run(
        "global $wpdb; echo json_encode([$wpdb->get_col('SHOW TABLES LIKE \"%storycard%\"'),"
        "$wpdb->get_col('SELECT option_name FROM wp_options WHERE option_name LIKE \"%storycard%\"'),"
        "$wpdb->get_col('SELECT DISTINCT meta_key FROM wp_postmeta WHERE meta_key LIKE \"%storycard%\" ORDER BY 1'),"
        "preg_grep('/storycard/', array_keys(array_merge(...array_values(_get_cron_array()))))]);"
    )
    assert json.loads(left) == [[], [], sorted(FIELDS), []]
    connect(wordpress.base_url, plugin_zip, webhook, secret)
