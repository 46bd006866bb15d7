"""Reads the operator's configuration: environment, connections, webhook sources and secrets."""
