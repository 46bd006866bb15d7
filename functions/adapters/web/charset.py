"""Reads the encoding that a Content-Type header names."""

from email.message import Message


def charset_in(content_type: str) -> str:
    """Returns the charset of a media type such as `text/html; charset=big5`, or ""; JSON has none (RFC 8259, 11)."""
    message = Message()
    message["content-type"] = content_type
    is_json = message.get_content_subtype().endswith("json")
    return "" if is_json else message.get_content_charset("")
