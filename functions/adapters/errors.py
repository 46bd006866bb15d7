"""Defines the errors that the functions report to clients. The message of each is one sentence that is safe to show in public."""

from storycard.errors import FieldError, StorycardError


class ArticleUnknown(StorycardError):
    """Unknown, draft or embargoed; callers must not be able to tell which."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"There is no published article with the ID {article_id!r}.")


class ArticleWithdrawn(StorycardError):
    """The newsroom withdrew this article; its cards are gone for good."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"The article {article_id!r} was withdrawn by its publisher.")


class ArticleSourceDown(StorycardError):
    """The article is not stored, and the CMS that may have it does not answer."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"The article {article_id!r} cannot be looked up at the moment; try again in a minute.")


class OriginBypassed(StorycardError):
    """The request came to the API's own address, which serves only the CDN."""

    def __init__(self) -> None:
        super().__init__("Use the public address of the cards; this one serves only the CDN.")


class CardUnknown(StorycardError):
    """The pinned card was never rendered, and its version is not the newest."""

    def __init__(self, article_id: str, version: str) -> None:
        super().__init__(f"The article {article_id!r} has no such card in version {version!r}.")


class VersionUnknown(StorycardError):
    """No set of this version was published since versions are kept, or its article was withdrawn meanwhile."""

    def __init__(self, article_id: str, version: str) -> None:
        super().__init__(f"The article {article_id!r} has no version {version!r}.")


class PhotoUnknown(StorycardError):
    """The article has no photograph, or one that could not be used."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"The article {article_id!r} has no photograph.")


class StoryChanged(StorycardError):
    """The caller saw another version of the story; `version` is that of the live set, "" while there is none."""

    def __init__(self, article_id: str, version: str) -> None:
        super().__init__(f"The story {article_id!r} has changed since the version that this request names.")
        self.version = version


class PhotoRefused(FieldError):
    """A file or an address that an editor added is no photograph that cards can use."""


class PhotoBusy(StorycardError):
    """The photograph is still being prepared when the function's time is up."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"The photograph for {article_id!r} is being prepared; send it again in a few seconds.")


class CardBusy(StorycardError):
    """The card is still being rendered when the function's time is up."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"The cards of {article_id!r} are being rendered; try again in a few seconds.")


class ReplyFailed(StorycardError):
    """Slack did not take an answer. The message is for the operator's log."""


class PostUnknown(StorycardError):
    """The article has no saved post of this name."""

    def __init__(self, article_id: str, post: str) -> None:
        super().__init__(f"The article {article_id!r} has no post {post!r}.")


class PostsFull(StorycardError):
    """The article has as many saved posts as it may have."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"This article has {limit} posts already. Delete one first.")


class ApprovalMissing(StorycardError):
    """A post must not be shared before a second editor has approved it."""

    def __init__(self) -> None:
        super().__init__("An editor other than its last author must approve this post before it is shared.")


class ApprovalByAuthor(StorycardError):
    """An editor tried to approve a post that they changed last."""

    def __init__(self) -> None:
        super().__init__("Only an editor other than the last author of this post can approve it.")


class QuoteForeign(FieldError):
    """A quote is in no field of the article, and the operator allows no other quotes."""


class PathInvalid(FieldError):
    """A part of the URL's path is malformed; nothing was looked up."""


class QueryInvalid(FieldError):
    """A parameter in the URL's query is malformed."""


class AddressForeign(StorycardError):
    """An oEmbed request names a URL that is not on this site."""

    def __init__(self) -> None:
        super().__init__("Only the URLs of share pages and cards on this site can be embedded.")


class FormatUnserved(StorycardError):
    """An oEmbed request names a format other than JSON."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Only format=json is supported, not {name[:20]!r}.")


class PageUnknown(StorycardError):
    """No route has this path."""

    def __init__(self) -> None:
        super().__init__("There is nothing at this address.")


class MethodNotAllowed(StorycardError):
    """The path exists, but not for this method; `allow` is the value of the Allow header (RFC 9110, 10.2.1)."""

    def __init__(self, method: str, allow: str) -> None:
        super().__init__(f"This address supports {allow}, not {method}.")
        self.allow = allow


class SourceUnknown(StorycardError):
    """No webhook source of this name is configured."""

    def __init__(self) -> None:
        super().__init__("No webhook source of this name is configured.")


class SignatureInvalid(StorycardError):
    """The request's signature is missing, wrong or too old."""


class TokenInvalid(StorycardError):
    """The bearer token is missing or not configured."""

    def __init__(self) -> None:
        super().__init__("This request needs an Authorization header with a bearer token of this newsroom.")


class TokenTooWeak(StorycardError):
    """The token is configured, but its role does not allow this request."""

    def __init__(self, role: str) -> None:
        super().__init__(f"This request needs a token with the role {role}.")


class ArticleForeign(StorycardError):
    """The article belongs to another webhook source."""

    def __init__(self, article_id: str, owner: str, source: str) -> None:
        super().__init__(
            f"The article {article_id!r} belongs to the source {owner!r}. This event of {source!r} was kept, but changed nothing."
            " Give one of the two sources an id_prefix."
        )


class PreconditionFailed(StorycardError):
    """The request names a state that the resource does not have (RFC 9110, 13)."""

    def __init__(self, header: str, etag: str | None) -> None:
        super().__init__(f"{header}: expected the present state, whose ETag is {etag or 'none, since there is nothing here'}")


class PreconditionMissing(StorycardError):
    """The request would overwrite a resource without saying which state of it the client has seen (RFC 6585, 3)."""

    def __init__(self) -> None:
        super().__init__("If-Match: expected the ETag of the state that you have changed, got nothing")


class BodyTooLarge(StorycardError):
    """The request's body is larger than its limit, in bytes."""

    def __init__(self, limit: int, got: int) -> None:
        super().__init__(f"body: expected at most {limit:,} bytes, got {got:,}")


class AnswerTooLarge(StorycardError):
    """What was asked for is larger than a Lambda function can return."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"It has more than {limit:,} bytes: send `Accept-Encoding: gzip`, or ask for less.")


class BodyUnreadable(FieldError):
    """The body's signature is valid, but the body is not in its source's format."""


class ConfigInvalid(FieldError):
    """The environment or a secret holds a wrong value. The message is for the operator's log, never for the public."""
