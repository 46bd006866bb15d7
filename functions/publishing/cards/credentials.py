"""Adds Content Credentials (C2PA 2.2) to finished cards, signed with the newsroom's key.

The claim repeats the card's own metadata. Each signature has different bytes, so a card is signed only once, before it is
stored. The library takes 23 MB, so it is loaded only if a brand uses credentials.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from adapters.config.connections import Signing, load_connections
from adapters.config.settings import Settings
from adapters.telemetry import count, logger, timed
from publishing.cards.render_job import RenderJob, assets_in
from publishing.photos import original_photo, photo_bytes
from storycard.design.formats import MEDIA_TYPES
from storycard.errors import StorycardError

if TYPE_CHECKING:
    from c2pa import Context

    from storycard.card_set import Card

# The library makes no requests: neither for what a photograph's manifest refers to, nor to check for revoked certificates.
_SETTINGS = {
    "builder": {"thumbnail": {"enabled": False}},
    "verify": {"verify_after_sign": False, "remote_manifest_fetch": False, "ocsp_fetch": False},
}


class CredentialsFailed(StorycardError):
    """A brand's cards cannot be signed. The message is for the operator, not for the public."""


@dataclass(frozen=True, slots=True)
class SourcePhoto:
    """The photograph on a card: the original file if it has credentials of its own, else the normalised one."""

    data: bytes = field(repr=False)
    media_type: str


def brand_signs_cards(settings: Settings, job: RenderJob) -> bool:
    """Returns whether the article's brand signs its cards."""
    return assets_in(settings).brand(job.article.brand).credentials


def sign_cards(settings: Settings, job: RenderJob, cards: "tuple[Card, ...]") -> "tuple[Card, ...]":
    """Returns the cards, signed unless that would exceed their format's budget in bytes. Raises CredentialsFailed."""
    from c2pa import C2paError

    signing = load_connections(settings).signing
    if signing is None:
        raise CredentialsFailed("[credentials] in the connections secret: expected a certificate and a key, got nothing")
    photo = _photo(settings.bucket, job)
    formats = assets_in(settings).formats
    with timed("SigningTime"):
        try:
            return tuple(_sign_within_budget(card, formats[card.format].budget, signing, photo) for card in cards)
        except C2paError as error:
            raise CredentialsFailed(str(error)) from error


def _sign_within_budget(card: "Card", budget: int, signing: Signing, photo: SourcePhoto | None) -> "Card":
    """Signs the card within its budget: with the photograph's credentials, else without them, else not at all."""
    for ingredient in (photo, None) if photo else (None,):
        data = sign(card.data, card.type, signing, ingredient)
        if len(data) <= budget:
            return replace(card, data=data)
    count("CardsUnsigned")
    logger.info("%s: left without credentials, with which it would exceed %d bytes", card.file_name, budget)
    return card


def _photo(bucket: str, job: RenderJob) -> SourcePhoto | None:
    record = job.photo
    if record is None:
        return None
    original = original_photo(bucket, record)
    return SourcePhoto(original, record.original) if original else SourcePhoto(photo_bytes(bucket, record), "image/jpeg")


def sign(data: bytes, image_type: str, signing: Signing, photo: SourcePhoto | None = None) -> bytes:
    """Signs one card: made by Storycard from this article and from `photo`, whose own credentials are included.

    Takes 2 to 15 ms and adds 3.6 KB plus the photograph's credentials. Raises C2paError for an invalid key or certificate.
    """
    from c2pa import Builder, C2paSignerInfo, Signer

    from storycard.describing.inspection import read_card
    from storycard.describing.metadata import COMPOSITE

    info = C2paSignerInfo(signing.algorithm.encode(), signing.certificates.encode(), signing.key.encode(), b"")
    info.ta_url = None  # no timestamp: it would take one request per card
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
    """Builds a manifest definition: https://opensource.contentauthenticity.org/docs/manifest/json-ref/manifest-definition-schema."""
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
