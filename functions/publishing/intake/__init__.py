"""Brings articles in: from webhook deliveries, feeds and lookups at the CMS."""
