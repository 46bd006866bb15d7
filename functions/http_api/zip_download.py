"""`GET /cards/{id}.zip`: a set or a variant as one file, through S3 where Lambda's answer would be too small for it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from aws_lambda_powertools.event_handler import Response

from adapters.clients import s3
from adapters.config.settings import settings
from adapters.errors import CardUnknown
from adapters.storage.card_store import CardPlace, card_keys
from adapters.storage.s3_objects import get_object, put_object
from adapters.web.content_disposition import content_disposition, file_name
from adapters.web.responses import COMMON, json_answer
from http_api.cards import RequestContext, whole_set
from http_api.paths import check_id, check_version
from publishing.article_lookup import public_article
from storycard.design.formats import CAROUSEL

# Lambda answers with 6 MB at most, and binary travels in base64: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
DIRECT = 4_400_000  # bytes
LINK = 300  # seconds for which the link into S3 holds
READS = 8  # at once; below botocore's pool of 10 connections


def download(context: RequestContext, article_id: str) -> Response:
    """200 with the zip; where it is too large for that, 303 to where it waits in S3, or 200 with its `url` for who takes JSON."""
    check_id(article_id)
    stored = public_article(settings(), article_id, datetime.now(UTC))
    parameters = context.request.query_string_parameters or {}
    version = parameters.get("version", "")
    wanted = {name: parameters[name].split(",") for name in ("kinds", "formats") if parameters.get(name)}
    if version:
        check_version(article_id, version)
        files, digest = _variant(article_id, version, wanted), version
    else:
        manifest = whole_set(context, stored)
        files, digest = _usual(manifest, wanted), manifest["version"]
    data = zipped(article_id, files)
    name = content_disposition(file_name(stored.article.headline, "cards.zip"), f"{article_id}-cards.zip")
    headers = COMMON | {"Cache-Control": "private, no-store"}
    disposition = name.replace("inline", "attachment", 1)
    if len(data) <= DIRECT:
        headers |= {"Content-Disposition": disposition, "Content-Length": str(len(data))}
        return Response(200, "application/zip", data, headers)
    key = f"downloads/{article_id}/{digest}/{hashlib.sha256(data).hexdigest()[:16]}.zip"
    put_object(
        settings().bucket, key, data, ContentType="application/zip", ContentDisposition=disposition, CacheControl="private"
    )
    link = s3().generate_presigned_url("get_object", {"Bucket": settings().bucket, "Key": key}, ExpiresIn=LINK)
    if "application/json" in (context.request.headers.get("accept") or ""):  # a page's script may not follow to another host
        return json_answer(200, {"url": link}, context.request, "private, no-store")
    return Response(303, headers=headers | {"Location": link})


def zipped(article_id: str, files: Mapping[str, bytes]) -> bytes:
    """A zip of files by their names, in a folder of the article's; images get no smaller and are stored as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"{article_id}/{name}"), data)
    return out.getvalue()


def _usual(manifest: dict, wanted: Mapping[str, list[str]]) -> dict[str, bytes]:
    """The newest set's manifest and cards, or those of the wanted kinds and formats."""
    article_id, version = manifest["article_id"], manifest["version"]
    cards = [card for card in manifest["cards"] if _is_wanted(card["kind"], card["format"], wanted)]
    places = [CardPlace(article_id, version, card["kind"], card["format"], card["type"]) for card in cards]
    text = json.dumps(manifest | {"cards": cards}, ensure_ascii=False, indent=1)
    return {"manifest.json": text.encode()} | _bytes_of({place.file_name: place.key for place in places})


def _variant(article_id: str, version: str, wanted: Mapping[str, list[str]]) -> dict[str, bytes]:
    """The cards that were made of one version. Raises CardUnknown if there are none."""
    keys = {key.rpartition("/")[2]: key for key in sorted(card_keys(settings().bucket, article_id, version))}
    names = (name for name in keys if _is_wanted(*name.partition(".")[0].rsplit("-", 1), wanted))
    files = _bytes_of({name: keys[name] for name in names})
    if not files:
        raise CardUnknown(article_id, version)
    return files


def _is_wanted(kind: str, format_name: str, wanted: Mapping[str, list[str]]) -> bool:
    family = CAROUSEL if kind.startswith(CAROUSEL) else kind
    kinds, formats = wanted.get("kinds", (kind,)), wanted.get("formats", (format_name,))
    return (kind in kinds or family in kinds) and format_name in formats


def _bytes_of(keys: Mapping[str, str]) -> dict[str, bytes]:
    with ThreadPoolExecutor(READS) as pool:
        found = pool.map(lambda key: get_object(settings().bucket, key), keys.values())
        return {name: stored.body for name, stored in zip(keys, found, strict=True) if stored}
