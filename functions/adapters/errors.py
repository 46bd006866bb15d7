"""What the functions refuse to do, each with one sentence that may be shown to the public."""

from storycard.errors import FieldError, StorycardError


class ArticleUnknown(StorycardError):
    """No public article has this ID: never seen, a draft, or under embargo; which of them is nobody's business."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"There is no published article with the ID {article_id!r}.")


class ArticleWithdrawn(StorycardError):
    """The newsroom took this article back; its cards are gone for good."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"The article {article_id!r} was withdrawn by its publisher.")


class ArticleSourceDown(StorycardError):
    """The store does not know this article, and the CMS, which might, does not answer."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"The article {article_id!r} cannot be looked up just now; ask again in a minute.")


class CardUnknown(StorycardError):
    """A pinned card that was never made, of a version that is not the newest."""

    def __init__(self, article_id: str, version: str) -> None:
        super().__init__(f"The article {article_id!r} has no such card in version {version!r}.")


class PhotoUnknown(StorycardError):
    """An article without a photograph, or with one that could not be used."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"The article {article_id!r} has no photograph.")


class CardBusy(StorycardError):
    """A card is being made, and the function's time is up."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"The cards of {article_id!r} are being made; ask again in a few seconds.")


class PathInvalid(FieldError):
    """A part of the URL breaks its rule; nothing was looked up."""


class QueryInvalid(FieldError):
    """A parameter in the URL's query breaks its rule."""


class AddressForeign(StorycardError):
    """oEmbed was asked about an address that is not ours."""

    def __init__(self) -> None:
        super().__init__("Only the addresses of share pages and cards on this site can be embedded.")


class FormatUnserved(StorycardError):
    """oEmbed was asked for something else than JSON."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Only format=json is served, not {name[:20]!r}.")


class PageUnknown(StorycardError):
    """No route has this path."""

    def __init__(self) -> None:
        super().__init__("There is nothing at this address.")


class MethodNotAllowed(StorycardError):
    """The path exists, but not for this method; `allow` lists those it has, as the Allow header does (RFC 9110, 10.2.1)."""

    def __init__(self, method: str, allow: str) -> None:
        super().__init__(f"This address takes {allow}, not {method}.")
        self.allow = allow


class SourceUnknown(StorycardError):
    """No webhook source of this name is configured."""

    def __init__(self) -> None:
        super().__init__("No webhook source of this name is configured.")


class SignatureInvalid(StorycardError):
    """The request does not prove who sent it, or when."""


class TokenInvalid(StorycardError):
    """No bearer token, or none of ours."""

    def __init__(self) -> None:
        super().__init__("This needs the header Authorization: Bearer with a token of this newsroom.")


class TokenTooWeak(StorycardError):
    """The token is one of ours, but not for this."""

    def __init__(self, role: str) -> None:
        super().__init__(f"This needs a token with the role {role}.")


class ArticleOutdated(StorycardError):
    """A newer revision of the article is stored already."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"A newer revision of {article_id!r} is stored: compare updated_at.")


class BodyTooLarge(StorycardError):
    """The request's body is above its limit, in bytes."""

    def __init__(self, limit: int, got: int) -> None:
        super().__init__(f"body: expected at most {limit:,} bytes, got {got:,}")


class BodyUnreadable(FieldError):
    """The body's signature is right, but it is not in its source's format at all."""


class ConfigInvalid(FieldError):
    """The function's environment or the table of webhook sources is wrong: for the operator's log, never for the public."""
