"""Stores articles as a function would."""

from datetime import UTC, datetime

from adapters.storage.article_store import put_if_newer
from storycard.ingest import read_article
from support.lambda_events import as_body, native


def store(aws, article_id: str, **fields: object) -> None:
    source = as_body(native(article_id, **fields))
    put_if_newer(aws.bucket, read_article(source, "native"), source, datetime(2026, 3, 1, tzinfo=UTC))
