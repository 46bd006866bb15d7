"""Verifies Content Credentials with the library's own reader, and checks that a failure publishes unsigned cards."""

import io
import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from adapters.config.connections import ConfigInvalid, Signing, parse_connections
from adapters.config.settings import settings
from adapters.storage.article_store import find_article
from adapters.storage.card_store import CardPlace
from local_stack.certificates import DevelopmentCertificate, credentials_table, development_certificate
from operations.verify import command, verify
from publishing.cards.credentials import SourcePhoto, sign
from publishing.cards.publish import current_version, publish_card, publish_set
from publishing.photo_preparation import prepare_photo
from publishing.photos import known_photo
from storycard.article import Article
from storycard.describing.inspection import read_card
from storycard.design.assets import Assets, load_assets
from storycard.design.formats import EXTENSIONS, MEDIA_TYPES
from storycard.render import render_card
from support.card_counts import ONE_FORMAT
from support.paths import ASSETS
from support.photographs import opened
from support.stored_articles import store_article
from support.web_server import page, web_server

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def certificate() -> DevelopmentCertificate:
    return development_certificate()


@pytest.fixture(scope="module")
def signing(certificate: DevelopmentCertificate) -> Signing:
    return parse_connections(credentials_table(certificate)).signing


@pytest.fixture(scope="module")
def article(samples: dict[str, Article]) -> Article:
    return samples["harbour-barriers"]


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.frombytes("L", (800, 600), random.Random(1).randbytes(480_000)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("image_type", [*EXTENSIONS])
def test_a_signed_card_of_any_type_verifies(image_type, assets: Assets, article, certificate, signing) -> None:
    card = render_card(article, "headline", "og", assets, image_type=image_type)
    data = sign(card.data, image_type, signing)
    assert len(data) - len(card.data) < 4096
    assert read_card(data, "card").credentials
    held, report = verify(data, MEDIA_TYPES[image_type], certificate.root)
    assert held
    assert "the signer is trusted" in report
    assert "from        Harbour barriers held" in report
    assert article.canonical_url in report
    assert "signed by   Storycard on this machine, Storycard" in report
    assert "created, as dataDrivenMedia" in report
    assert "not known to be trusted" in verify(data, MEDIA_TYPES[image_type])[1]
    with Image.open(io.BytesIO(data)) as signed, Image.open(io.BytesIO(card.data)) as plain:
        assert signed.convert("RGB").tobytes() == plain.convert("RGB").tobytes()


def test_a_changed_pixel_invalidates_the_signature(assets: Assets, article, signing) -> None:
    data = bytearray(sign(render_card(article, "headline", "square", assets).data, "jpeg", signing))
    data[-200] ^= 1
    held, report = verify(bytes(data), "image/jpeg")
    assert not held
    assert report.startswith("Not valid: the picture was changed after it was signed.")


def test_includes_the_photographs_own_credentials(assets: Assets, article, signing) -> None:
    raw = jpeg()
    card = render_card(replace(article, headline="Held"), "headline", "square", assets, photo=opened(raw))
    signed_photo = _signed_picture(raw, signing)
    report = verify(sign(card.data, "jpeg", signing, SourcePhoto(signed_photo, "image/jpeg")), "image/jpeg")[1]
    assert "with valid Content Credentials, signed by Storycard" in report
    assert "invalid" not in report
    assert "placed" in report
    broken = signed_photo[:-300] + bytes([signed_photo[-300] ^ 1]) + signed_photo[-299:]
    report = verify(sign(card.data, "jpeg", signing, SourcePhoto(broken, "image/jpeg")), "image/jpeg")[1]
    assert "invalid Content Credentials" in report
    assert (
        "without Content Credentials" in verify(sign(card.data, "jpeg", signing, SourcePhoto(raw, "image/jpeg")), "image/jpeg")[1]
    )


def _signed_picture(data: bytes, signing: Signing) -> bytes:
    """Returns a photograph with credentials of another signer."""
    from c2pa import Builder, C2paSignerInfo, Signer

    info = C2paSignerInfo(b"es256", signing.certificates.encode(), signing.key.encode(), b"")
    info.ta_url = None
    created = {"action": "c2pa.created", "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"}
    claim = {"title": "photo", "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}]}
    out = io.BytesIO()
    with Signer.from_info(info) as signer, Builder(claim) as builder:
        builder.sign(signer, "image/jpeg", io.BytesIO(data), out)
    return out.getvalue()


@pytest.fixture
def signed_brand(aws, assets_of_one_format: Path, tmp_path: Path, certificate):
    """Configures a default brand that signs its cards, with the key in the connections secret."""
    for path in assets_of_one_format.iterdir():
        if path.name != "brands":
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / "brands").mkdir()
    (tmp_path / "brands" / "desk.toml").write_text('title = "Desk"\ndefault = true\ntheme = "broadsheet"\ncredentials = true\n')
    aws.connect(credentials_table(certificate))
    return replace(settings(), assets_dir=tmp_path)


def stored(aws, **fields: object):
    store_article(aws, **fields)
    return find_article(aws.bucket, "ferry")


def test_published_cards_are_signed_once(aws, signed_brand, certificate) -> None:
    ferry = stored(aws)
    publish_set(signed_brand, ferry, NOW)
    manifest = json.loads(aws.body("cards/ferry/manifest.json"))
    assert manifest["notices"] == []
    for card in manifest["cards"][:3]:
        key = f"cards/ferry/{manifest['version']}/{card['kind']}-{card['format']}.{EXTENSIONS[card['type']]}"
        data = aws.body(key)
        assert len(data) == card["bytes"]
        assert verify(data, MEDIA_TYPES[card["type"]], certificate.root)[0]


def test_the_manifest_describes_the_card_that_was_stored_first(aws, signed_brand) -> None:
    ferry = stored(aws)
    place = CardPlace("ferry", current_version(signed_brand, ferry), "headline", "og", "png")
    publish_card(signed_brand, ferry, place, "png")
    first = aws.body(place.key)
    publish_set(signed_brand, ferry, NOW)
    assert aws.body(place.key) == first
    report = json.loads(aws.body("cards/ferry/manifest.json"))["cards"][0]
    assert (report["kind"], report["format"], report["sha256"]) == ("headline", "og", sha256(first).hexdigest())


@pytest.mark.parametrize("table", ["# nothing", "[credentials]\ncertificates = '-----BEGIN A'\nkey = '-----BEGIN B'\n"])
def test_publishes_unsigned_cards_with_a_notice_without_a_valid_key(aws, signed_brand, table: str) -> None:
    aws.connect(table)
    publish_set(signed_brand, stored(aws), NOW)
    manifest = json.loads(aws.body("cards/ferry/manifest.json"))
    assert manifest["notices"] == ["Content Credentials could not be added: these cards are without them."]
    assert len(manifest["cards"]) == ONE_FORMAT


def test_leaves_a_card_unsigned_if_it_would_exceed_its_budget(aws, signed_brand, tmp_path: Path) -> None:
    ferry = stored(aws)
    size = len(render_card(ferry.article, "headline", "og", load_assets(tmp_path)).data)
    formats = (ASSETS / "formats.toml").read_text("utf-8").replace("budget = 300_000", f"budget = {size + 100}")
    (tmp_path / "formats.toml").unlink()
    (tmp_path / "formats.toml").write_text(formats, "utf-8")
    for name, extension in (("og", "png"), ("x", "png")):
        place = CardPlace("ferry", current_version(signed_brand, ferry), "headline", name, extension)
        publish_card(signed_brand, ferry, place, "png")
        assert read_card(aws.body(place.key), "card").credentials == (name != "og")


def test_keeps_an_original_photo_with_credentials(aws, signed_brand, signing, tmp_path: Path) -> None:
    (tmp_path / "formats.toml").unlink()
    (tmp_path / "formats.toml").symlink_to(ASSETS / "formats.toml")
    with web_server() as site:
        site.pages["/ferry.jpg"] = page(_signed_picture(jpeg(), signing))
        ferry = stored(aws, quotes=[], image={"url": site.base_url + "/ferry.jpg"})
        prepare_photo(signed_brand, "ferry")
        publish_set(signed_brand, ferry, NOW, known_photo(aws.bucket, ferry.article))
    stored_keys = [key for key in aws.list_keys("photos/") if key.count("/") == 1]
    assert [key.rpartition(".")[2] for key in stored_keys] == ["jpg", "json", "original"]
    manifest = json.loads(aws.body("cards/ferry/manifest.json"))
    report = verify(aws.body(f"cards/ferry/{manifest['version']}/headline-square.jpg"), "image/jpeg")[1]
    assert "with valid Content Credentials" in report


def test_the_command_reports_credentials(assets: Assets, article, certificate, signing, tmp_path: Path, capsys) -> None:
    card = render_card(article, "quote", "og", assets, image_type="png")
    (tmp_path / "plain.png").write_bytes(card.data)
    (tmp_path / "signed.png").write_bytes(sign(card.data, "png", signing))
    (tmp_path / "root.pem").write_text(certificate.root)
    assert command([str(tmp_path / "signed.png"), "--trust", str(tmp_path / "root.pem")]) == 0
    assert "Valid:" in capsys.readouterr().out
    assert command([str(tmp_path / "plain.png")]) == 1
    assert "This picture has no Content Credentials" in capsys.readouterr().out
    for wrong in ([str(tmp_path / "none.png")], [__file__], [str(tmp_path / "signed.png"), "--trust", __file__]):
        assert command(wrong) == 2
        assert capsys.readouterr().err.startswith("storycard: ")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("[credentials]\n", "credentials.certificates: expected PEM, got nothing"),
        ("[credentials]\ncertificates = '-----BEGIN A'\nkey = 'secret'\n", "credentials.key: expected PEM, got text"),
        ("[credentials]\nalgorithm = 'rot13'\n", "credentials.algorithm: expected one of es256, "),
    ],
)
def test_names_the_wrong_key_and_shows_no_secret(table: str, message: str) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        parse_connections(table)
    assert str(caught.value).startswith(message)
    assert "secret" not in str(caught.value)
