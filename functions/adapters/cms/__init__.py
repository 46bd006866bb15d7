"""Reads what CMSs send: their webhook events and signatures."""
