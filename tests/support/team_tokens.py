"""Defines the tokens of a viewer and an editor, as the connections list them and as requests send them."""

import hashlib

TOKENS = "".join(
    f'[tokens.{role}]\nsha256 = "{hashlib.sha256(f"a {role} token".encode()).hexdigest()}"\nrole = "{role}"\n'
    for role in ("viewer", "editor")
)
EDITOR = {"authorization": "Bearer a editor token", "content-type": "application/json"}
VIEWER = {"authorization": "bearer a viewer token"}
