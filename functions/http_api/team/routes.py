"""Lists the routes of articles, of the catalogue and of the caller's own role. Most of them need a bearer token."""

from http_api.openapi.parts import ANY_FILE, JPEG, TEXT, UNCHANGED, described, json_body, json_of, query_parameter
from http_api.route import Operation, Route, get_and_head
from http_api.team import added_photos, article_list, articles, catalogue, status, versions
from publishing.queries.article_search import MAX_QUERY

SEARCH = (
    query_parameter("query", TEXT | {"maxLength": MAX_QUERY}, "An ID or its beginning, an address, or words of the headline"),
    query_parameter("cursor", TEXT, "The cursor from the previous page of results"),
)

TEAM_ROUTES = (
    Route(
        "/whoami",
        {
            "GET": Operation(
                catalogue.get_caller,
                "getCaller",
                "Returns the name and role of the token's owner",
                {200: described("The name and role", json_of("Caller"))},
                (500,),
                role="viewer",
            )
        },
    ),
    Route(
        "/catalogue",
        get_and_head(
            Operation(
                catalogue.get_catalogue,
                "getCatalogue",
                "Lists the kinds, formats and themes of cards, and for callers with a token the chats to send them to",
                {200: described("The kinds, formats and themes", json_of("Catalogue"))},
                (401, 403, 500),
            )
        ),
    ),
    Route(
        "/articles",
        {
            "GET": Operation(
                article_list.list_articles,
                "listArticles",
                "Lists articles, newest first, or searches them",
                {200: described("Up to 24 articles", json_of("Articles"))},
                (400, 500),
                parameters=SEARCH,
                role="viewer",
            )
        },
    ),
    Route(
        "/articles/<article_id>/photo",
        {
            "GET": Operation(
                articles.get_photo,
                "getArticlePhoto",
                "Returns the article's photograph",
                {200: described("The photograph, upright and in sRGB", JPEG), 304: UNCHANGED},
                (400, 404, 500),
                role="viewer",
            )
        },
    ),
    Route(
        "/articles/<article_id>/status",
        get_and_head(
            Operation(
                status.get_status,
                "getArticleStatus",
                "Returns what tells an open page whether its story has changed; small, and made to be polled",
                {200: described("The status", json_of("Status")), 304: UNCHANGED},
                (400, 404, 412, 500, 503),
                role="viewer",
            )
        ),
    ),
    Route(
        "/articles/<article_id>/versions",
        {
            "GET": Operation(
                versions.list_versions,
                "listVersions",
                "Lists the versions of the article's cards, newest first, and what each changed",
                {200: described("Up to 24 versions", json_of("Versions"))},
                (400, 404, 406, 410, 500),
                role="viewer",
            )
        },
    ),
    Route(
        "/articles/<article_id>/versions/<version>",
        get_and_head(
            Operation(
                versions.get_version,
                "getVersion",
                "Returns the manifest of a version",
                {200: described("The manifest", json_of("Version")), 304: UNCHANGED},
                (400, 404, 410, 412, 500),
                role="viewer",
            )
        ),
    ),
    Route(
        "/articles/<article_id>/photos",
        {
            "POST": Operation(
                added_photos.post_photo,
                "addPhoto",
                "Adds a photograph for posts about the article, from a file or an address",
                {201: described("The photograph is prepared", json_of("AddedPhoto"))},
                (400, 404, 410, 413, 422, 500, 503),
                body={"required": True, "content": {**ANY_FILE, **json_of("AddPhoto")}},
                role="editor",
                audit="add photo",
            )
        },
    ),
    Route(
        "/articles/<article_id>/photos/<sha256>",
        get_and_head(
            Operation(
                added_photos.get_photo,
                "getAddedPhoto",
                "Returns a photograph that was added to the article",
                {200: described("The photograph, upright and in sRGB", JPEG), 304: UNCHANGED},
                (400, 404, 410, 412, 500),
                role="viewer",
            )
        ),
    ),
    Route(
        "/articles/<article_id>",
        {
            **get_and_head(
                Operation(
                    articles.get_article,
                    "getArticle",
                    "Returns the article as it is stored",
                    {200: described("The article", json_of("Article")), 304: UNCHANGED},
                    (400, 404, 406, 412, 500),
                    role="viewer",
                )
            ),
            "PUT": Operation(
                articles.put_article,
                "putArticle",
                "Stores a revision and has its cards rendered",
                {
                    200: described("A revision of a known article was stored", json_of("Stored")),
                    201: described("A new article was stored", json_of("Stored")),
                },
                (400, 412, 413, 422, 500),
                body=json_body("Article"),
                role="editor",
                audit="store article",
            ),
            "DELETE": Operation(
                articles.withdraw_article,
                "withdrawArticle",
                "Withdraws the article and removes its cards",
                {204: {"description": "The article is withdrawn"}},
                (400, 404, 412, 500),
                role="editor",
                audit="withdraw article",
            ),
        },
    ),
)
