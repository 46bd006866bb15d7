"""A finished card into the same card with Content Credentials (C2PA 2.2), signed with the newsroom's key.

What is signed is what the card's own metadata says. No two signatures are the same bytes, so that a card is signed once, before
it is first written. The library is 23 MB: it is loaded when a brand asks for it, and only then.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from adapters.config.connections import Signing, load_connections
from adapters.config.settings import Settings
from adapters.telemetry import count, logger, timed
from publishing.photos import original_photo, photo_bytes
from publishing.render_job import RenderJob, assets_in
from storycard.design.formats import MEDIA_TYPES
from storycard.errors import StorycardError

if TYPE_CHECKING:
    from c2pa import Context

    from storycard.card_set import Card

# Nothing is fetched from anywhere: neither what a photograph's manifest points to, nor whether a certificate was revoked.
_SETTINGS = {
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"verify_after_sign": False, "remote_manifest_fetch": False, "ocsp_fetch": False},
}


class CredentialsFailed(StorycardError):
    """A brand's cards cannot be signed, and why: for whoever operates this, not for the public."""


@dataclass(frozen=True, slots=True)
class SourcePhoto:
    """The photograph on a card, as near as there is to the file that its photographer signed."""

    data: bytes = field(repr=False)
    media_type: str


def brand_signs_cards(settings: Settings, job: RenderJob) -> bool:
    """Whether the article's brand has its cards signed."""
    return assets_in(settings).brand(job.article.brand).credentials


def sign_cards(settings: Settings, job: RenderJob, cards: "tuple[Card, ...]") -> "tuple[Card, ...]":
    """The cards signed, those alone excepted that would break their format's budget. Raises CredentialsFailed."""
    from c2pa import C2paError

    signing = load_connections(settings).signing
    if signing is None:
        raise CredentialsFailed("[credentials] in the secret of connections: expected a certificate and a key, got nothing")
    photo = _photo(settings.bucket, job)
    formats = assets_in(settings).formats
    with timed("SigningTime"):
        try:
            return tuple(_sign_within_budget(card, formats[card.format].budget, signing, photo) for card in cards)
        except C2paError as error:
            raise CredentialsFailed(str(error)) from error


def _sign_within_budget(card: "Card", budget: int, signing: Signing, photo: SourcePhoto | None) -> "Card":
    """The card signed within its budget: with all that its photograph brings, else without that, else as it is."""
    for brought in (photo, None) if photo else (None,):
        data = sign(card.data, card.type, signing, brought)
        if len(data) <= budget:
            return replace(card, data=data)
    count("CardsUnsigned")
    logger.info("no room for credentials: %s", card.file_name)
    return card


def _photo(bucket: str, job: RenderJob) -> SourcePhoto | None:
    record = job.photo
    if record is None:
        return None
    original = original_photo(bucket, record)
    return SourcePhoto(original, record.original) if original else SourcePhoto(photo_bytes(bucket, record), "image/jpeg")


def sign(data: bytes, image_type: str, signing: Signing, photo: SourcePhoto | None = None) -> bytes:
    """The card with its claim: made by Storycard from this article, and from `photo`, whose own credentials travel along.

    Takes 2 to 15 ms, and adds 3.6 KB and what the photograph brings. Raises C2paError for a key or certificate that is not right.
    """
    from c2pa import Builder, C2paSignerInfo, Signer

    from storycard.describing.inspection import read_card
    from storycard.describing.metadata import COMPOSITE

    info = C2paSignerInfo(signing.algorithm.encode(), signing.certificates.encode(), signing.key.encode(), b"")
    info.ta_url = None  # no time stamp: it would be one request a card
    metadata = read_card(data, "card").metadata
    photo = photo if metadata["digital_source_type"] == COMPOSITE else None
    out = io.BytesIO()
    with Signer.from_info(info) as signer, Builder(_claim(metadata, photo), context=_context()) as builder:
        if photo:
            about = {"title": metadata.get("credit_line", "photograph"), "relationship": "componentOf", "label": "photograph"}
            builder.add_ingredient(about, photo.media_type, io.BytesIO(photo.data))
        builder.sign(signer, MEDIA_TYPES[image_type], io.BytesIO(data), out)
    return out.getvalue()


def _claim(metadata: Mapping[str, Any], photo: SourcePhoto | None) -> dict[str, Any]:
    """A manifest definition: https://opensource.contentauthenticity.org/docs/manifest/json-ref/manifest-definition-schema."""
    name, _, version = metadata["tool"].partition(" ")
    article = {"title": metadata["headline"], "format": "text/html", "relationship": "inputTo"}
    if address := metadata.get("source_url"):
        article["informational_URI"] = address
    created = {
        "action": "c2pa.created",
        "digitalSourceType": metadata["digital_source_type"],
        "softwareAgent": {"name": name, "version": version},
    }
    placed = [{"action": "c2pa.placed", "parameters": {"ingredientIds": ["photograph"]}}] if photo else []
    return {
        "claim_generator_info": [{"name": name, "version": version}],
        "title": metadata["identifier"],
        "ingredients": [article],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created, *placed]}}],
    }


@cache
def _context() -> "Context":
    from c2pa import Context

    return Context.from_dict(_SETTINGS)
