"""Handles `GET /cards/{id}.zip`: packs a set or a variant into a zip, and hands over a large one through S3."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from adapters.clients import s3
from adapters.config.settings import Settings
from adapters.errors import CardUnknown, QueryInvalid
from adapters.storage.card_store import CardPlace, card_keys
from adapters.storage.s3_objects import get_object, put_object
from adapters.storage.version_store import find_version
from adapters.web.content_disposition import content_disposition, file_name
from adapters.web.responses import COMMON_HEADERS, MAX_DIRECT, HttpResponse, json_response
from http_api.cards.expected_version import ensure_expected_set, expected_article, expected_in_query
from http_api.cards.zip_texts import ZippedCard, alt_in, caption_of_version, text_files, usual_caption
from http_api.paths import check_id, check_version
from http_api.posts.taking import take_post
from http_api.request_context import RequestContext
from publishing.cards.publish import Manifest
from storycard.article import Article
from storycard.design.kinds import series_of

LINK_SECONDS = 300  # for which the link to S3 is valid
READS = 8  # at once; below botocore's pool of 10 connections

Selection = Mapping[str, list[str]]  # the requested kinds and formats; all of them if a key is missing


def download_zip(context: RequestContext, article_id: str) -> HttpResponse:
    """Answers 200 with the zip. For a large zip, 303 to a presigned S3 URL, or 200 `{url}` if the client accepts JSON."""
    check_id(article_id)
    expected = expected_in_query(context)
    stored = expected_article(context, article_id, expected)
    parameters = context.request.query_string_parameters or {}
    version, post = parameters.get("version", ""), parameters.get("post", "")
    caption, page = usual_caption(stored.article), ""
    selection = {name: parameters[name].split(",") for name in ("kinds", "formats") if parameters.get(name)}
    if version and post:
        raise QueryInvalid("post", "either version or post", "both")
    if post:
        taken = take_post(context, stored, post)
        expected_article(context, article_id, expected)  # a correction may have come while the cards were rendered
        version, page = taken.manifest["version"], taken.page
        caption = usual_caption(taken.article) if taken.text is None else taken.text
        files, cards = _set_files(context.settings.bucket, taken.manifest, selection)
    elif version:
        check_version(article_id, version)
        files, cards = _variant_files(context, article_id, version, selection)
        if earlier := find_version(context.settings.bucket, article_id, version):
            caption = caption_of_version(earlier, stored.article.canonical_url)
    else:
        manifest = ensure_expected_set(context, stored, expected)
        version = manifest["version"]
        files, cards = _set_files(context.settings.bucket, manifest, selection)
    data = build_zip(article_id, files | text_files(cards, caption, f"{context.base_url}/share/{article_id}{page}"))
    return _serve(context, f"downloads/{article_id}/{version}", data, _disposition(stored.article.headline, article_id))


def link_to_set(settings: Settings, article: Article, manifest: Manifest) -> str:
    """Puts a zip of the whole set into S3, and returns a link to it that is valid for LINK_SECONDS."""
    files, cards = _set_files(settings.bucket, manifest, {})
    data = build_zip(
        article.id, files | text_files(cards, usual_caption(article), f"{settings.public_base_url}/share/{article.id}")
    )
    folder, disposition = f"downloads/{article.id}/{manifest['version']}", _disposition(article.headline, article.id)
    return _put_and_link(settings.bucket, folder, data, disposition)


def build_zip(article_id: str, files: Mapping[str, bytes]) -> bytes:
    """Packs the files into a folder named after the article. Images do not compress further and are stored as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"{article_id}/{name}"), data)
    return out.getvalue()


def _serve(context: RequestContext, folder: str, data: bytes, disposition: str) -> HttpResponse:
    headers = COMMON_HEADERS | {"Cache-Control": "private, no-store"}
    if len(data) <= MAX_DIRECT:
        headers |= {"Content-Disposition": disposition, "Content-Length": str(len(data))}
        return HttpResponse(200, "application/zip", data, headers)
    link = _put_and_link(context.settings.bucket, folder, data, disposition)
    # A page's script cannot follow a redirect to another host.
    if "application/json" in (context.request.headers.get("accept") or ""):
        return json_response(200, {"url": link}, context.request, "private, no-store")
    return HttpResponse(303, headers=headers | {"Location": link})


def _put_and_link(bucket: str, folder: str, data: bytes, disposition: str) -> str:
    key = f"{folder}/{hashlib.sha256(data).hexdigest()[:16]}.zip"
    put_object(bucket, key, data, ContentType="application/zip", ContentDisposition=disposition, CacheControl="private")
    return str(s3().generate_presigned_url("get_object", {"Bucket": bucket, "Key": key}, ExpiresIn=LINK_SECONDS))


def _disposition(headline: str, article_id: str) -> str:
    disposition = content_disposition(file_name(headline, "cards.zip"), f"{article_id}-cards.zip")
    return disposition.replace("inline", "attachment", 1)


def _set_files(bucket: str, manifest: Manifest, selection: Selection) -> tuple[dict[str, bytes], list[ZippedCard]]:
    """Reads the selected cards of a set, and adds a manifest of them."""
    article_id, version = manifest["article_id"], manifest["version"]
    cards = [card for card in manifest["cards"] if _is_selected(card["kind"], card["format"], selection)]
    places = [CardPlace(article_id, version, card["kind"], card["format"], card["type"]) for card in cards]
    text = json.dumps(manifest | {"cards": cards}, ensure_ascii=False, indent=1)
    files = {"manifest.json": text.encode()} | _read_files(bucket, {place.file_name: place.key for place in places})
    listed = [ZippedCard(place.file_name, card["url"], card["alt"]) for place, card in zip(places, cards, strict=True)]
    return files, [card for card in listed if card.name in files]


def _variant_files(
    context: RequestContext, article_id: str, version: str, selection: Selection
) -> tuple[dict[str, bytes], list[ZippedCard]]:
    """Reads the selected cards that are stored of one version. Raises CardUnknown if there are none."""
    selected, urls = {}, {}
    for key in sorted(card_keys(context.settings.bucket, article_id, version)):
        name = key.rpartition("/")[2]
        kind, _, format_name = name.partition(".")[0].rpartition("-")
        if _is_selected(kind, format_name, selection):
            selected[name] = key
            urls[name] = f"{context.base_url}/cards/{article_id}/{version}/{kind}/{format_name}.{name.rpartition('.')[2]}"
    files = _read_files(context.settings.bucket, selected)
    if not files:
        raise CardUnknown(article_id, version)
    return files, [ZippedCard(name, urls[name], alt_in(data, name)) for name, data in files.items()]


def _is_selected(kind: str, format_name: str, selection: Selection) -> bool:
    kinds, formats = selection.get("kinds", [kind]), selection.get("formats", [format_name])
    return (kind in kinds or series_of(kind) in kinds) and format_name in formats


def _read_files(bucket: str, keys: Mapping[str, str]) -> dict[str, bytes]:
    """Reads objects from S3 by file name, leaving out those that are gone."""
    with ThreadPoolExecutor(READS) as pool:
        found = pool.map(lambda key: get_object(bucket, key), keys.values())
        return {name: stored.body for name, stored in zip(keys, found, strict=True) if stored}
