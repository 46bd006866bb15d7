"""Reads articles whose fields a newsroom's own table found in any JSON."""
