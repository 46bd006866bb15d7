"""Defines the tokens of a viewer and two editors, as the connections list them and as requests send them."""

import hashlib

TOKENS = "".join(
    f'[tokens.{name}]\nsha256 = "{hashlib.sha256(f"a {name} token".encode()).hexdigest()}"\nrole = "{role}"\n'
    for name, role in (("viewer", "viewer"), ("editor", "editor"), ("deputy", "editor"))
)
EDITOR = {"authorization": "Bearer a editor token", "content-type": "application/json"}
VIEWER = {"authorization": "bearer a viewer token"}
SECOND_EDITOR = {"authorization": "Bearer a deputy token", "content-type": "application/json"}
