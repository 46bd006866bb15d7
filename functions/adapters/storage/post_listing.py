"""Lists the saved posts of an article without reading them."""

from adapters.clients import s3


def list_posts(bucket: str, article_id: str) -> list[tuple[str, str]]:
    """Returns the name and the ETag of each post, up to 1,000 of them."""
    prefix = f"posts/{article_id}/"
    listed = s3().list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", ())
    found = ((item["Key"].removeprefix(prefix), item["ETag"]) for item in listed)
    return [(name.removesuffix(".json"), etag) for name, etag in found if name.endswith(".json") and "/" not in name]
