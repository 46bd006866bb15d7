"""Plays what editors do in a real WordPress, and checks what a reader of the cards sees after each step.

The same sequences run with Storycard's plugin and without it, read by its REST API.
"""

import time
from datetime import UTC, datetime, timedelta

import pytest

from support.cms_wordpress import WordPress
from support.paths import SAMPLES
from support.reader import Reader

pytestmark = [pytest.mark.cms, pytest.mark.parametrize("wordpress", ["plugin", "pulled"], indirect=True)]

BODY = """<p>The harbour ferries will run through the night from Friday.</p>
<ul><li>Six boats leave every hour until five in the morning</li><li>Tickets cost as much as by day</li></ul>
<blockquote><p>Nobody should have to swim home after work.</p><cite>Ada Quist, port director</cite></blockquote>"""


def gmt(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def test_publish_edit_trash_restore_delete(wordpress: WordPress, reader: Reader) -> None:
    post = wordpress.create(title="Ferries run all night", content=BODY, status="publish")
    article_id = wordpress.article_id(post)
    reader.sees(article_id, "Ferries run all night")
    words = reader.words(article_id)
    assert "Six boats leave every hour" in words
    assert "Ada Quist" in words
    wordpress.edit(post, title="Ferries run until five")
    reader.sees(article_id, "Ferries run until five")
    wordpress.trash(post)
    reader.sees(article_id, "")
    wordpress.edit(post, status="publish", title="Ferries run again")
    reader.sees(article_id, "Ferries run again")
    wordpress.delete(post)
    reader.sees(article_id, "")


@pytest.mark.parametrize("status", ["draft", "pending", "private"])
def test_post_that_is_not_public_any_more_loses_its_cards(wordpress: WordPress, reader: Reader, status: str) -> None:
    post = wordpress.create(title=f"Night trains, {status}", content=BODY, status="publish")
    reader.sees(wordpress.article_id(post), f"Night trains, {status}")
    wordpress.edit(post, status=status)
    reader.sees(wordpress.article_id(post), "")


def test_password_protected_post_is_on_no_card(wordpress: WordPress, reader: Reader) -> None:
    secret = wordpress.create(title="For members of the club", content=BODY, status="publish", password="letmein")
    reader.never_sees(wordpress.article_id(secret), "")
    post = wordpress.create(title="Open to all", content=BODY, status="publish")
    reader.sees(wordpress.article_id(post), "Open to all")
    wordpress.edit(post, password="letmein")
    reader.sees(wordpress.article_id(post), "")


def test_draft_then_scheduled_then_published_now(wordpress: WordPress, reader: Reader) -> None:
    post = wordpress.create(title="The bridge opens", content=BODY, status="draft")
    article_id = wordpress.article_id(post)
    wordpress.edit(post, status="future", date_gmt=gmt(datetime.now(UTC) + timedelta(days=1)))
    reader.never_sees(article_id, "")
    wordpress.edit(post, status="publish", date_gmt=gmt(datetime.now(UTC)))
    reader.sees(article_id, "The bridge opens")
    wordpress.edit(post, title="The bridge is open")
    reader.sees(article_id, "The bridge is open")


def test_scheduled_post_comes_out_by_itself(wordpress: WordPress, reader: Reader) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=65)  # WordPress publishes at once if less than a minute is left
    post = wordpress.create(title="The clock strikes", content=BODY, status="future", date_gmt=gmt(soon))
    reader.never_sees(wordpress.article_id(post), "")
    time.sleep(max(0, (soon - datetime.now(UTC)).total_seconds() + 1))
    wordpress.run_due_events()
    reader.sees(wordpress.article_id(post), "The clock strikes")


def test_photograph_of_a_post_is_on_its_card(wordpress: WordPress, reader: Reader) -> None:
    photo = wordpress.upload(SAMPLES / "with-photo" / "ridge-path.jpg", "A ridge")
    post = wordpress.create(title="A path along the ridge", content=BODY, status="publish", featured_media=photo)
    reader.sees(wordpress.article_id(post), "A path along the ridge")
    assert reader.alt(wordpress.article_id(post), "headline", "square").endswith("A ridge")


def test_page_is_no_article(wordpress: WordPress, reader: Reader) -> None:
    page = wordpress.create("pages", title="About this newspaper", content=BODY, status="publish")
    reader.never_sees(wordpress.article_id(page), "")


def test_post_that_is_turned_into_a_page_loses_its_cards(wordpress: WordPress, reader: Reader) -> None:
    post = wordpress.create(title="Soon a page", content=BODY, status="publish")
    reader.sees(wordpress.article_id(post), "Soon a page")
    wordpress.run(f"wp_update_post(['ID' => {post['id']}, 'post_type' => 'page']);")
    reader.sees(wordpress.article_id(post), "")


def test_german_and_arabic_posts_are_set_in_their_language(wordpress: WordPress, reader: Reader) -> None:
    german = wordpress.create(
        title="Die Fähren fahren ab Freitag die ganze Nacht",
        content="<p>Die Fähren im Hafen fahren ab Freitag die ganze Nacht, und das kostet nicht mehr als am Tag. "
        "Der Hafen will ein Jahr lang prüfen, wie viele Menschen nach Mitternacht noch über den Fluss wollen.</p>",
        status="publish",
    )
    arabic = wordpress.create(title="العبّارات تعمل طوال الليل ابتداءً من يوم الجمعة", content="<p>نص قصير</p>", status="publish")
    reader.sees(wordpress.article_id(german), "Die Fähren fahren ab Freitag die ganze Nacht")
    reader.sees(wordpress.article_id(arabic), "العبّارات تعمل طوال الليل ابتداءً من يوم الجمعة")
    assert '"language": "de"' in reader.get(f"/cards/{wordpress.article_id(german)}").body.decode()
    assert '"direction": "rtl"' in reader.get(f"/cards/{wordpress.article_id(arabic)}").body.decode()
