"""Uses the Studio under difficulties: expired tokens, server errors, offline, hostile text; checks accessibility."""

import base64
import hashlib
from urllib.parse import parse_qsl, urlsplit

import pytest

from support.studio_stack import ALL, DESK, EDITOR, HOSTILE, PHONE, VIEWER, clean, drawn, open_story, src

pytestmark = pytest.mark.slow

STORY = "harbour-barriers"


def test_rejects_wrong_token_and_accepts_the_right_one(browser, room):
    page = browser.new_page()
    page.goto(f"{room.base_url}/studio")
    page.get_by_label("Access token").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_text("not valid").wait_for()
    page.get_by_label("Access token").fill(EDITOR)
    page.keyboard.press("Enter")
    page.locator(".row a").first.wait_for()
    assert EDITOR not in page.content()
    assert page.evaluate("localStorage.length") == 0
    page.close()


def test_expired_token_is_requested_again_without_losing_edits(look, room):
    page = look(story=STORY)
    page.evaluate("""sessionStorage.setItem("storycard.session", '{"token": "ended", "prefix": ""}')""")
    page.get_by_label("Headline", exact=True).fill("Gates held")
    page.get_by_role("dialog").get_by_text("session has expired").wait_for()
    page.get_by_role("dialog").get_by_label("Access token").fill(EDITOR)
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for(state="detached")
    drawn(page)
    assert page.get_by_label("Headline", exact=True).input_value() == "Gates held"
    assert src(page, "headline-square").startswith("blob:")


def test_signs_in_with_an_identity_provider(browser, room):
    """Simulates the identity provider and API Gateway's authorizer; the page's code is the real one."""
    context = browser.new_context(**DESK, bypass_csp=True)
    page = context.new_page()
    sent, calls = {}, []
    oidc = {"authorize_url": "https://id.example/authorize", "token_url": "https://id.example/token", "client_id": "studio"}
    oidc |= {"scope": "openid", "prefix": "/signed-in"}

    def authorize(route) -> None:
        sent.update(parse_qsl(urlsplit(route.request.url).query))
        back = f"{sent['redirect_uri']}?code=the-code&state={sent['state']}"
        route.fulfill(status=302, headers={"location": back})

    def token(route) -> None:
        sent.update(parse_qsl(route.request.post_data))
        cors = {"access-control-allow-origin": "*"}
        route.fulfill(json={"access_token": "a.b.c", "expires_in": 3600}, headers=cors)

    def signed_in(route) -> None:
        calls.append((urlsplit(route.request.url).path, route.request.headers["authorization"]))
        route.fulfill(json={"name": "ida@news.example", "role": "editor", "articles": []})

    page.route("**/studio/sign-in", lambda route: route.fulfill(json={"oidc": oidc}))
    page.route("https://id.example/authorize*", authorize)
    page.route("https://id.example/token", token)
    page.route("**/signed-in/**", signed_in)
    page.goto(f"{room.base_url}/studio")
    page.get_by_role("button", name="Sign in with your newsroom account").click()
    page.get_by_text("ida@news.example, editor").wait_for()
    assert calls[0] == ("/signed-in/whoami", "Bearer a.b.c")
    assert (sent["code"], sent["code_challenge_method"]) == ("the-code", "S256")
    digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == sent["code_challenge"]
    assert "code=" not in page.url
    page.goto(f"{room.base_url}/studio?code=stolen&state=of-somebody-else")
    page.get_by_text("Signing in did not work").wait_for()
    context.close()


def test_shows_server_error_and_retries(look, room):
    page = look(story=STORY)
    page.route("**/preview", lambda route: route.fulfill(status=500, body="{}"))
    page.get_by_label("Headline", exact=True).fill("Gates held")
    page.get_by_text("Something went wrong on our side").wait_for()
    page.unroute("**/preview")
    page.get_by_role("button", name="Try again").click()
    drawn(page)
    assert src(page, "headline-square").startswith("blob:")


def test_shows_offline_state_and_recovers(look, room):
    page = look(story=STORY)
    page.context.set_offline(True)
    page.get_by_label("Headline", exact=True).fill("Gates held")
    page.get_by_text("You are offline").first.wait_for()
    page.context.set_offline(False)
    drawn(page)
    assert src(page, "headline-square").startswith("blob:")
    assert page.get_by_text("You are offline").count() == 0


def test_viewer_downloads_only_published_cards(look, room):
    page = look(VIEWER, story=STORY)
    with page.expect_download():
        page.get_by_role("button", name="Download: Headline, Instagram square 1:1").click()
    page.get_by_label("Headline", exact=True).fill("Gates held")
    drawn(page)
    page.get_by_role("button", name="Download: Headline, Instagram square 1:1").click()
    page.get_by_text("Your role does not allow this").wait_for()


def test_hostile_text_is_shown_as_text(look, room):
    page = look(story="hostile")
    assert "<img src=x" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("Headline", exact=True).fill("<script>document.title='owned'</script>" + HOSTILE)
    page.get_by_label("Who said it").fill("<svg onload=alert(1)>")
    page.get_by_label("Headline", exact=True).evaluate(
        "(field) => { field.value = 'x'.repeat(100000); field.dispatchEvent(new Event('input')); }"
    )
    page.locator("#note-headline", has_text="Use at most 1,000 characters").wait_for()
    assert page.title() != "owned"
    assert page.locator("main img[src='x'], main script, main svg[onload]").count() == 0


@pytest.mark.parametrize("options", [DESK, PHONE])
def test_axe_finds_no_accessibility_fault(look, room, options):
    page = look(story=STORY, formats=ALL, **options)
    if options is PHONE:
        page.get_by_role("button", name="For this post only").click()
    clean(page)
    page = look(**options)
    clean(page)
    for article_id in ("arabic", "bridge", "buses"):
        open_story(page, room.base_url, article_id)
        clean(page)
    page.goto(f"{room.base_url}/studio#/article/mistake")
    page.get_by_text("This story was withdrawn").wait_for()
    clean(page)
    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.get_by_label("Access token").wait_for()
    clean(page)
