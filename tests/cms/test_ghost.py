"""Plays what editors do in a real Ghost, and checks what a reader of the cards sees after each step."""

from datetime import UTC, datetime, timedelta

import pytest

from support.cms_ghost import Ghost
from support.paths import SAMPLES
from support.reader import Reader

pytestmark = pytest.mark.cms

BODY = """<p>The harbour ferries will run through the night from Friday.</p>
<ul><li>Six boats leave every hour until five in the morning</li><li>Tickets cost as much as by day</li></ul>
<blockquote>“Nobody should have to swim home after work.”<br>— Ada Quist, port director</blockquote>
<p>The council pays for a trial of one year.</p>"""
PAID = "<p>Only subscribers may read that the trial costs eleven million.</p>"


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_publish_edit_unpublish_publish_delete(ghost: Ghost, reader: Reader) -> None:
    post = ghost.create(title="Ferries run all night", html=BODY, status="published")
    reader.sees(post["id"], "Ferries run all night")
    assert "Six boats leave every hour" in reader.words(post["id"])
    post = ghost.edit(post, title="Ferries run until five")
    reader.sees(post["id"], "Ferries run until five")
    post = ghost.edit(post, status="draft")
    reader.sees(post["id"], "")
    post = ghost.edit(post, status="published", title="Ferries run again")
    reader.sees(post["id"], "Ferries run again")
    ghost.delete(post)
    reader.sees(post["id"], "")


def test_scheduled_post_is_public_only_once_it_is_published(ghost: Ghost, reader: Reader) -> None:
    tomorrow = iso(datetime.now(UTC) + timedelta(days=1))
    post = ghost.create(title="The bridge opens", html=BODY, status="draft")
    post = ghost.edit(post, status="scheduled", published_at=tomorrow)
    reader.never_sees(post["id"], "")
    post = ghost.edit(post, status="published", published_at=iso(datetime.now(UTC)))
    reader.sees(post["id"], "The bridge opens")
    post = ghost.edit(post, title="The bridge is open")
    reader.sees(post["id"], "The bridge is open")


def test_killed_while_scheduled_never_comes_out(ghost: Ghost, reader: Reader) -> None:
    post = ghost.create(title="The mayor resigns", html=BODY, status="draft")
    post = ghost.edit(post, status="scheduled", published_at=iso(datetime.now(UTC) + timedelta(days=1)))
    ghost.edit(post, status="draft")
    reader.never_sees(post["id"], "")
    assert "resigns" not in reader.words(post["id"])


@pytest.mark.parametrize("visibility", ["members", "paid"])
def test_closed_part_of_a_post_is_on_no_card(ghost: Ghost, reader: Reader, visibility: str) -> None:
    html = f"<p>The council pays for a trial.</p><!--members-only-->{PAID}<ul><li>Eleven million a year, says a list</li></ul>"
    post = ghost.create(title=f"What a trial costs {visibility}", html=html, status="published", visibility=visibility)
    reader.sees(post["id"], f"What a trial costs {visibility}")
    assert "leven million" not in reader.words(post["id"])


def test_open_post_that_is_closed_later_loses_its_words(ghost: Ghost, reader: Reader) -> None:
    facts = "<ul><li>Eleven million a year, says the list</li><li>Six boats leave every hour until five in the morning</li></ul>"
    html = f"<p>The council pays for a trial.</p>{PAID}{facts}"
    post = ghost.create(title="A trial of one year", html=html, status="published")
    reader.sees(post["id"], "A trial of one year")
    assert "Eleven million a year" in reader.words(post["id"])
    post = ghost.edit(post, visibility="paid", title="A trial of a year")
    reader.sees(post["id"], "A trial of a year")
    manifest = reader.get(f"/cards/{post['id']}").body.decode() + reader.get(f"/share/{post['id']}").body.decode()
    assert "leven million" not in manifest


def test_long_post_with_many_revisions_can_still_be_unpublished(ghost: Ghost, reader: Reader) -> None:
    text = "".join(f"<p>Paragraph {number} of a long report about the harbour and its boats.</p>" * 8 for number in range(60))
    post = ghost.create(title="The long report", html=BODY + text, status="published")
    for number in range(20):
        post = ghost.edit(post, html=f"{BODY}{text}<p>Revision {number}</p>", title=f"The long report, part {number}")
    reader.sees(post["id"], "The long report, part 19")
    ghost.edit(post, status="draft")
    reader.sees(post["id"], "")


def test_photograph_of_a_post_is_on_its_card(ghost: Ghost, reader: Reader) -> None:
    url = ghost.upload(SAMPLES / "with-photo" / "ridge-path.jpg")
    post = ghost.create(
        title="A path along the ridge", html=BODY, status="published", feature_image=url, feature_image_alt="A ridge"
    )
    reader.sees(post["id"], "A path along the ridge")
    assert reader.alt(post["id"], "headline", "square").endswith("A ridge")


def test_german_and_arabic_posts_are_set_in_their_language(ghost: Ghost, reader: Reader) -> None:
    german = ghost.create(title="Fähren fahren die ganze Nacht", html=BODY, status="published", tags=[{"name": "#lang-de"}])
    arabic = ghost.create(
        title="العبّارات تعمل طوال الليل", html="<p>نص قصير</p>", status="published", tags=[{"name": "#lang-ar"}]
    )
    reader.sees(german["id"], "Fähren fahren die ganze Nacht")
    reader.sees(arabic["id"], "العبّارات تعمل طوال الليل")
    assert '"direction": "rtl"' in reader.get(f"/cards/{arabic['id']}").body.decode()
