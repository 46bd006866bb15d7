"""Encodes painted cards as PNG, JPEG, WebP or AVIF within a byte budget."""
