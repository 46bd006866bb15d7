"""Lists the routes of cards: images, manifests, downloads, orders and previews."""

from http_api.cards import card_images, manifest, orders, preview, sending, zip_download
from http_api.cards.thumbnails import WIDTH
from http_api.openapi.parts import IMAGES, PUBLIC_ERRORS, TEXT, UNCHANGED, described, json_body, json_of, query_parameter
from http_api.paths import VERSION
from http_api.route import Operation, Route, get_and_head

EXPECTED = query_parameter(
    "expected_version",
    TEXT | {"pattern": f"^{VERSION.pattern}$"},
    "The version of the story that the caller saw; the answer is 409 if another one is live",
)
SIZE = query_parameter("size", {"type": "integer", "enum": [WIDTH]}, f"The width of a thumbnail: {WIDTH} px")
SELECTION = (
    EXPECTED,
    query_parameter("version", TEXT | {"pattern": f"^{VERSION.pattern}$"}, "A variant's version; without it, the newest set"),
    query_parameter("post", TEXT, "A saved post, whose cards are made with its changes; needs the role editor"),
    query_parameter("kinds", TEXT, "Only these kinds, separated by commas"),
    query_parameter("formats", TEXT, "Only these formats, separated by commas"),
)

# The zip comes first: an ID may hold a dot, so `/cards/{article_id}` matches `/cards/{article_id}.zip` too.
CARD_ROUTES = (
    Route(
        "/cards/<article_id>[.]zip",
        {
            "GET": Operation(
                zip_download.download_zip,
                "downloadCards",
                "Downloads the newest set, or the cards of a variant, as a zip",
                {
                    200: described(
                        "The zip; its address instead, if it is large and the client accepts JSON",
                        {"application/zip": {"schema": {}}, **json_of("Link")},
                    ),
                    303: {"description": "The zip is in S3, at a link that works for some minutes"},
                },
                (*PUBLIC_ERRORS, 409),
                parameters=SELECTION,
                role="viewer",
                audit="download set",
            )
        },
    ),
    Route(
        "/downloads/<article_id>/<version>/<kind>/<format_name>[.]<extension>",
        {
            "GET": Operation(
                card_images.download_card,
                "downloadCard",
                "Downloads a pinned card",
                {200: described("The card", IMAGES)},
                (*PUBLIC_ERRORS, 409),
                IMAGES,
                parameters=(EXPECTED,),
                role="viewer",
                audit="download card",
            )
        },
    ),
    Route(
        "/cards/<article_id>/preview",
        {
            "POST": Operation(
                preview.preview_card,
                "previewCard",
                "Renders one card with changes, without storing it",
                {200: described("The card", IMAGES)},
                (*PUBLIC_ERRORS, 409, 413, 422),
                body=json_body("Preview"),
                role="viewer",
            )
        },
    ),
    Route(
        "/cards/<article_id>/send",
        {
            "POST": Operation(
                sending.send_cards,
                "sendCards",
                "Sends the newest cards to a chat of the newsroom",
                {202: described("The message is queued", json_of("Sent"))},
                (*PUBLIC_ERRORS, 409, 413, 422),
                body=json_body("Send"),
                role="editor",
                audit="send cards",
            )
        },
    ),
    Route(
        "/cards/<article_id>/<kind>/<format_name>[.]<extension>",
        get_and_head(
            Operation(
                card_images.newest_card,
                "getNewestCard",
                "Returns a card of the newest revision",
                {200: described("The card", IMAGES), 304: UNCHANGED},
                PUBLIC_ERRORS,
                IMAGES,
            )
        ),
    ),
    Route(
        "/cards/<article_id>/<kind>/<format_name>",
        get_and_head(
            Operation(
                card_images.negotiated_card,
                "getNegotiatedCard",
                "Returns a card of the newest revision in the best image type that Accept names",
                {200: described("The card", IMAGES), 304: UNCHANGED},
                PUBLIC_ERRORS,
                IMAGES,
            )
        ),
    ),
    Route(
        "/cards/<article_id>/<version>/<kind>/<format_name>[.]<extension>",
        get_and_head(
            Operation(
                card_images.pinned_card,
                "getPinnedCard",
                "Returns a card of one version, whose bytes never change, or its thumbnail",
                {200: described("The card", IMAGES), 304: UNCHANGED},
                PUBLIC_ERRORS,
                IMAGES,
                parameters=(SIZE,),
            )
        ),
    ),
    Route(
        "/cards/<article_id>",
        {
            **get_and_head(
                Operation(
                    manifest.get_manifest,
                    "getManifest",
                    "Returns the manifest of the newest set",
                    {200: described("The manifest", json_of("Manifest")), 304: UNCHANGED},
                    PUBLIC_ERRORS,
                )
            ),
            "POST": Operation(
                orders.order_cards,
                "orderCards",
                "Renders cards, with changes to the text or the design if any are given",
                {201: described("The manifest of the cards", json_of("Manifest"))},
                (*PUBLIC_ERRORS, 409, 413, 422),
                body=json_body("Order", required=False),
                role="editor",
                audit="order cards",
            ),
        },
    ),
)
