"""Lists the routes of the social team's saved posts, which need a bearer token, and of their public share pages."""

from http_api.openapi.parts import HTML, PUBLIC_ERRORS, UNCHANGED, described, json_body, json_of
from http_api.posts import post_page, posts, review
from http_api.route import Operation, Route, get_and_head

POST = json_of("Post")

POST_ROUTES = (
    Route(
        "/articles/<article_id>/posts",
        {
            "GET": Operation(
                posts.list_posts,
                "listPosts",
                "Lists the saved posts of an article, newest first, without their histories",
                {200: described("The posts", json_of("Posts"))},
                (*PUBLIC_ERRORS, 406),
                role="viewer",
            ),
            "POST": Operation(
                posts.create_post,
                "createPost",
                "Saves a new post",
                {201: described("The post; Location is its address", POST)},
                (*PUBLIC_ERRORS, 409, 413, 422),
                body=json_body("PostContent"),
                role="editor",
                audit="create post",
            ),
        },
    ),
    Route(
        "/articles/<article_id>/posts/<post>",
        {
            **get_and_head(
                Operation(
                    posts.get_post,
                    "getPost",
                    "Returns a saved post",
                    {200: described("The post", POST), 304: UNCHANGED},
                    (*PUBLIC_ERRORS, 412),
                    role="viewer",
                )
            ),
            "PUT": Operation(
                posts.save_post,
                "savePost",
                "Saves a post over the state that If-Match names",
                {200: described("The post", POST)},
                (*PUBLIC_ERRORS, 409, 412, 413, 422, 428),
                body=json_body("PostContent"),
                role="editor",
                audit="save post",
            ),
            "DELETE": Operation(
                posts.remove_post,
                "deletePost",
                "Deletes a post",
                {204: {"description": "The post is deleted"}},
                (*PUBLIC_ERRORS, 412),
                role="editor",
                audit="delete post",
            ),
        },
    ),
    Route(
        "/articles/<article_id>/posts/<post>/comments",
        {
            "POST": Operation(
                review.add_comment,
                "commentOnPost",
                "Adds a comment to a post",
                {201: described("The post", POST)},
                (*PUBLIC_ERRORS, 413, 422),
                body=json_body("Comment"),
                role="viewer",
                audit="comment on post",
            )
        },
    ),
    Route(
        "/articles/<article_id>/posts/<post>/approval",
        {
            "PUT": Operation(
                review.approve_post,
                "approvePost",
                "Approves a post of another editor",
                {200: described("The post", POST)},
                (*PUBLIC_ERRORS, 409, 412),
                role="editor",
                audit="approve post",
            ),
            "DELETE": Operation(
                review.unapprove_post,
                "unapprovePost",
                "Takes back the approval of a post",
                {200: described("The post", POST)},
                PUBLIC_ERRORS,
                role="editor",
                audit="take back approval",
            ),
        },
    ),
    Route(
        "/share/<article_id>/p/<post>",
        get_and_head(
            Operation(
                post_page.get_post_page,
                "getPostPage",
                "Returns the share page of a shared post",
                {200: described("The page", HTML), 304: UNCHANGED},
                PUBLIC_ERRORS,
                HTML,
            )
        ),
    ),
)
