"""Implements `storycard verify`: validates the Content Credentials (C2PA) of a card and prints their claims."""

import argparse
import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storycard.describing.inspection import picture_type, printable
from storycard.design.formats import MEDIA_TYPES
from storycard.errors import FieldError

HOLDS, DOES_NOT_HOLD, BAD_INPUT = 0, 1, 2
_CHANGED = ("assertion.dataHash.mismatch", "assertion.bmffHash.mismatch", "assertion.boxesHash.mismatch")
_VERDICTS = {
    "Trusted": "Valid: the picture has not changed since it was signed, and the signer is trusted.",
    "Valid": "Valid: the picture has not changed since it was signed. The signer is not known to be trusted (see --trust).",
}


def command(argv: list[str]) -> int:
    """Runs `storycard verify ARGV`. Returns 0 if the credentials are valid, 1 if they are not or missing, 2 for bad input."""
    parser = argparse.ArgumentParser(
        prog="storycard verify", description="Validate the Content Credentials of a card and print their claims."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a PNG, JPEG, WebP or AVIF image")
    parser.add_argument("--trust", type=Path, metavar="PEM", help="certificates of trusted authorities")
    options = parser.parse_args(argv)
    try:
        data = options.file.read_bytes()
        anchors = options.trust.read_text("ascii") if options.trust else ""
        held, told = verify(data, MEDIA_TYPES[picture_type(data, str(options.file))], anchors)
    except FieldError as error:
        return _complain(str(error))
    except UnicodeDecodeError:
        return _complain(f"{options.trust}: expected certificates in PEM, got something else")
    except OSError as error:
        return _complain(f"{error.filename}: expected a readable file, got {error.strerror}")
    print(told)
    return HOLDS if held else DOES_NOT_HOLD


def verify(data: bytes, media_type: str, anchors: str = "") -> tuple[bool, str]:
    """Returns whether the credentials of an image are valid, and a report. `anchors` are trusted certificates in PEM.

    Makes no network requests. Raises FieldError for invalid anchors.
    """
    from c2pa import C2paError, Context, Reader

    settings: dict[str, Any] = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": bool(anchors)}}
    if anchors:
        settings["trust"] = {"user_anchors": anchors}
    try:
        context = Context.from_dict(settings)
    except C2paError as error:
        raise FieldError("--trust", "certificates in PEM", str(error)) from None
    try:
        with Reader(media_type, io.BytesIO(data), context=context) as reader:
            store, state = json.loads(reader.json()), reader.get_validation_state()
    except C2paError.ManifestNotFound:
        return False, "This picture has no Content Credentials: it was not signed, or they were stripped on the way."
    except C2paError as error:
        return False, f"The Content Credentials of this picture cannot be read: {printable(str(error))}"
    verdict = _VERDICTS.get(state) or _failure(store)
    return state in _VERDICTS, "\n".join([verdict, *_claims(store)])


def _failure(store: Mapping[str, Any]) -> str:
    codes = [status["code"] for status in store.get("validation_status", ())]
    if any(code in _CHANGED for code in codes):
        return "Not valid: the picture was changed after it was signed."
    return "Not valid: " + ", ".join(codes)


def _claims(store: Mapping[str, Any]) -> list[str]:
    manifest = store["manifests"][store["active_manifest"]]
    signer = manifest.get("signature_info", {})
    tool: Mapping[str, Any] = next(iter(manifest.get("claim_generator_info", ())), {})
    lines = [
        ("card", manifest.get("title", "")),
        ("signed by", ", ".join(filter(None, (signer.get("common_name"), signer.get("issuer"))))),
        ("signed at", signer.get("time", "unknown")),
        ("made with", " ".join(filter(None, (tool.get("name"), tool.get("version"))))),
    ]
    for action in _actions(manifest):
        how = action.get("digitalSourceType", "").rpartition("/")[2]
        lines.append(("action", action["action"].removeprefix("c2pa.") + (f", as {how}" if how else "")))
    for ingredient in manifest.get("ingredients", ()):
        if ingredient["relationship"] == "inputTo":
            lines.append(("from", " ".join(filter(None, (ingredient.get("title"), ingredient.get("informational_URI"))))))
        else:
            lines.append(("photograph", f"{ingredient.get('title', '')}, {_photo_credentials(ingredient, store)}"))
    return [f"  {title:11} {printable(text)}" for title, text in lines if text]


def _photo_credentials(ingredient: Mapping[str, Any], store: Mapping[str, Any]) -> str:
    own = store["manifests"].get(ingredient.get("active_manifest", ""))
    if own is None:
        return "without Content Credentials"
    failed = ingredient.get("validation_results", {}).get("activeManifest", {}).get("failure", ())
    problems = [status["code"] for status in failed if status["code"] != "signingCredential.untrusted"]
    signer = own.get("signature_info", {}).get("issuer", "an unknown signer")
    return f"with {'invalid' if problems else 'valid'} Content Credentials, signed by {signer}"


def _actions(manifest: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    assertions = manifest.get("assertions", ())
    return [action for found in assertions if found["label"].startswith("c2pa.actions") for action in found["data"]["actions"]]


def _complain(message: str) -> int:
    print(f"storycard: {message}", file=sys.stderr)
    return BAD_INPUT
