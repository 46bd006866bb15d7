"""`GET /cards/{id}.zip`: the newest set as one file to download, through S3 where Lambda's answer would be too small for it."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from aws_lambda_powertools.event_handler import Response

from adapters.by_id import public_article
from adapters.card_store import CardPlace
from adapters.clients import s3
from adapters.file_names import content_disposition, file_name
from adapters.http_answers import COMMON
from adapters.s3_objects import fetch, put
from adapters.settings import settings
from http_api.cards import Ask, whole_set
from http_api.paths import check_id

# Lambda answers with 6 MB at most, and binary travels in base64: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
DIRECT = 4_400_000  # bytes
LINK = 300  # seconds for which the link into S3 holds
READS = 8  # at once; below botocore's pool of 10 connections


def download(ask: Ask, article_id: str) -> Response:
    """200 with the zip, or 303 to where it waits in S3."""
    check_id(article_id)
    stored = public_article(settings(), article_id, datetime.now(UTC))
    manifest = whole_set(ask, stored)
    data = zipped(manifest)
    name = content_disposition(file_name(stored.article.headline, "cards.zip"), f"{article_id}-cards.zip")
    headers = COMMON | {"Cache-Control": "private, no-store"}
    disposition = name.replace("inline", "attachment", 1)
    if len(data) <= DIRECT:
        headers |= {"Content-Disposition": disposition, "Content-Length": str(len(data))}
        return Response(200, "application/zip", data, headers)
    key = f"downloads/{article_id}/{manifest['version']}.zip"
    put(settings().bucket, key, data, ContentType="application/zip", ContentDisposition=disposition, CacheControl="private")
    link = s3().generate_presigned_url("get_object", {"Bucket": settings().bucket, "Key": key}, ExpiresIn=LINK)
    return Response(303, headers=headers | {"Location": link})


def zipped(manifest: dict) -> bytes:
    """A zip of a manifest and its cards, `headline-og.png` and the like; images get no smaller and are stored as they are."""
    article_id, version = manifest["article_id"], manifest["version"]
    places = [CardPlace(article_id, version, card["kind"], card["format"], card["type"]) for card in manifest["cards"]]
    with ThreadPoolExecutor(READS) as pool:
        cards = list(pool.map(lambda place: fetch(settings().bucket, place.key), places))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{article_id}/manifest.json"), json.dumps(manifest, ensure_ascii=False, indent=1))
        for place, card in zip(places, cards, strict=True):
            archive.writestr(zipfile.ZipInfo(f"{article_id}/{place.file_name}"), card.body)
    return out.getvalue()
