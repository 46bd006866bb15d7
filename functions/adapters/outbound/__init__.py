"""Makes outgoing HTTP requests, to public addresses only."""
