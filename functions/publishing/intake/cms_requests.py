"""Fetches an article from the CMS, and interprets its answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from adapters.cms.article_map import FIRST, find_fields, read_found
from adapters.config.connections import Cms
from adapters.config.settings import Settings
from adapters.outbound.safe_fetch import FetchFailed, Rules, ServerDown, fetch_url
from adapters.storage.article_store import tombstone
from adapters.telemetry import count, logger, timed, without_query
from adapters.web.charset import charset_in
from publishing.intake.languages import languages_in
from storycard.article import Article
from storycard.errors import ArticleInvalid
from storycard.ingest import ReadOptions, read_article
from storycard.ingest.article_ids import safe_id
from storycard.ingest.fields import read_object
from storycard.ingest.mapped.flags import is_set, says_withdrawn
from storycard.ingest.mapped.values import Values

MAX_BYTES = 5_000_000
FETCH_SECONDS = 5.0  # timeout of one request to the CMS
# WordPress's error codes for a post that is not public (draft, private, pending, future), to a caller who may read others.
# https://github.com/WordPress/wordpress-develop/blob/trunk/src/wp-includes/rest-api/endpoints/class-wp-rest-posts-controller.php
_ABOUT_ONE_ARTICLE = frozenset({"rest_forbidden", "rest_forbidden_context", "rest_cannot_read"})


@dataclass(frozen=True, slots=True)
class CmsAnswer:
    """The CMS's answer for an ID: `body` is None if there is nothing public, or nothing new (`is_unchanged`)."""

    body: bytes | None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_unchanged: bool = False


NOTHING = CmsAnswer(None)


def ask_cms(settings: Settings, cms: Cms, article_id: str, conditions: Mapping[str, str] = MappingProxyType({})) -> CmsAnswer:
    """Fetches the article, if it has changed since the response that `conditions` come from. Raises FetchFailed.

    A refusal (401, 403) counts as absent: WordPress answers with it for drafts, whose existence must not be revealed.
    ServerDown is raised for 429 and 5xx, but not for what an ID of a wrong form leads to (400, 422).
    """
    own_id = cms.own_id(article_id)
    if own_id is None:
        return NOTHING
    url = cms.url.replace("{id}", own_id)
    where = without_query(url)
    rules = Rules(MAX_BYTES, FETCH_SECONDS, hosts=cms.hosts, same_host=True, local=settings.local_addresses)
    count("CmsLookups")
    with timed("CmsLookupTime"):
        answer = fetch_url(url, rules, {**cms.headers, **conditions})
    match answer.status:
        case 200:
            return CmsAnswer(answer.body, answer.headers)
        case 304 if conditions:
            return CmsAnswer(None, answer.headers, is_unchanged=True)
        case 404 | 410:
            return NOTHING
        case 401 | 403:
            _report_refusal(where, answer.status, answer.body)
            return NOTHING
    kind = ServerDown if answer.status == 429 or answer.status >= 500 else FetchFailed
    raise kind(f"{where}: expected 200 or 404, got {answer.status}")


def read_cms_article(settings: Settings, cms: Cms, answer: CmsAnswer, article_id: str) -> Article:
    """Reads the article in an answer with a body. Raises ArticleInvalid, also if it is not the requested article."""
    own_id = cms.own_id(article_id)
    charset = charset_in(answer.headers.get("content-type", ""))
    options = ReadOptions(
        languages_in(settings),
        own_id,
        cms.language,
        cms.paid_text,
        cms.post_types,
        social_titles=cms.social_titles,
        charset=charset,
    )
    article = _read(cms, answer.body or b"", options)
    for notice in article.notices:
        logger.warning("%s: %s", article_id, notice)
    if article.id != own_id:
        raise ArticleInvalid("id", f"{own_id!r}, the requested ID", f"{article.id!r}")
    return replace(article, id=article_id)


def _read(cms: Cms, body: bytes, options: ReadOptions) -> Article:
    if cms.article_map is None:
        return read_article(body, cms.format, options)
    answer = read_object(body)
    first = find_fields(cms.article_map.part(*FIRST), answer).values
    if "only" in cms.article_map and not is_set(first["only"]):
        raise ArticleInvalid("only", "an article", "something else")
    if says_withdrawn(first):
        return tombstone(safe_id(Values(first).name("id")))
    return read_found(find_fields(cms.article_map, answer), options)


def _report_refusal(url: str, status: int, body: bytes) -> None:
    """Logs and counts a refusal, unless it concerns this article only; with a wrong key, every article is refused."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    code = answer.get("code") if isinstance(answer, dict) else None
    if code in _ABOUT_ONE_ARTICLE:
        return
    count("CmsLookupsRefused")
    logger.error("%s: expected 200 or 404, got %s: check the headers of [cms]", url, status)
