"""Lists the signature schemes of webhooks by the name that the configuration uses."""

from collections.abc import Mapping
from types import MappingProxyType

from adapters.cms.signatures import body_hmac, contentful, ghost, hygraph, sanity, standard_webhooks, static_header
from adapters.cms.signatures.scheme import Scheme, plain_key

SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        "standard-webhooks": Scheme(standard_webhooks.read_key, standard_webhooks.verify),
        "ghost": Scheme(plain_key, ghost.verify),
        "ghost-body-only": Scheme(plain_key, ghost.verify_body_only),
        "contentful": Scheme(contentful.read_key, contentful.verify),
        "sanity": Scheme(plain_key, sanity.verify),
        "hygraph": Scheme(plain_key, hygraph.verify),
        "storyblok": Scheme(plain_key, body_hmac.verify_storyblok),
        "superdesk": Scheme(plain_key, body_hmac.verify_superdesk),
        "hmac-sha1": Scheme(plain_key, body_hmac.verify_sha1, header=body_hmac.HUB_SHA1_HEADER),
        "hmac-sha256": Scheme(plain_key, body_hmac.verify_sha256, header=body_hmac.HUB_HEADER),
        "static-header": Scheme(static_header.read_key, static_header.verify, header=""),
    }
)
