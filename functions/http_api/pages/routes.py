"""Lists the routes of share pages, oEmbed and the Studio."""

from http_api.openapi.parts import ANY_FILE, ANY_JSON, HTML, PUBLIC_ERRORS, TEXT, UNCHANGED, described, json_of, query_parameter
from http_api.pages import oembed, share_page, studio
from http_api.route import Operation, Route, get_and_head

_PIXELS = {"type": "integer", "minimum": 1, "maximum": 999_999}
OEMBED = (
    query_parameter("url", TEXT, "The address of a share page or a card on this site", required=True),
    query_parameter("format", TEXT, "`json`; any other format is answered with 501"),
    query_parameter("maxwidth", _PIXELS, "The greatest width in px"),
    query_parameter("maxheight", _PIXELS, "The greatest height in px"),
)

PAGE_ROUTES = (
    Route(
        "/studio",
        get_and_head(
            Operation(
                studio.get_studio, "getStudio", "Returns the Studio", {200: described("The page", HTML), 304: UNCHANGED}, (500,)
            )
        ),
    ),
    Route(
        "/studio/sign-in",
        get_and_head(
            Operation(
                studio.get_sign_in,
                "getSignIn",
                "Returns how to sign in to the Studio",
                {200: described("The OpenID Connect provider, if there is one", ANY_JSON)},
                (500,),
            )
        ),
    ),
    Route(
        "/studio/<name>",
        get_and_head(
            Operation(
                studio.get_studio_file,
                "getStudioFile",
                "Returns a file of the Studio",
                {200: described("The file", ANY_FILE), 304: UNCHANGED},
                (404, 500),
            )
        ),
    ),
    Route(
        "/studio/<room>/<name>",
        get_and_head(
            Operation(
                studio.get_studio_file,
                "getStudioFileInRoom",
                "Returns a file from a folder of the Studio, or a file of one release",
                {200: described("The file", ANY_FILE), 304: UNCHANGED},
                (404, 500),
            )
        ),
    ),
    Route(
        "/studio/<release>/<room>/<name>",
        get_and_head(
            Operation(
                studio.get_studio_file,
                "getStudioFileOfRelease",
                "Returns a file from a folder of one release of the Studio",
                {200: described("The file", ANY_FILE), 304: UNCHANGED},
                (404, 500),
            )
        ),
    ),
    Route(
        "/share/<article_id>",
        get_and_head(
            Operation(
                share_page.get_share_page,
                "getSharePage",
                "Returns the share page of the article's headline card",
                {200: described("The page", HTML), 304: UNCHANGED},
                PUBLIC_ERRORS,
                HTML,
            )
        ),
    ),
    Route(
        "/share/<article_id>/<kind>",
        get_and_head(
            Operation(
                share_page.get_share_page,
                "getSharePageOfKind",
                "Returns the share page of one kind of card",
                {200: described("The page", HTML), 304: UNCHANGED},
                PUBLIC_ERRORS,
                HTML,
            )
        ),
    ),
    Route(
        "/oembed",
        get_and_head(
            Operation(
                oembed.get_oembed,
                "getOembed",
                "Returns an oEmbed 1.0 photo",
                {200: described("The photo", json_of("Photo"))},
                (*PUBLIC_ERRORS, 501),
                parameters=OEMBED,
            )
        ),
    ),
)
