"""Sealed personal data: encrypted at rest, masked on the screen, opened only with a purpose that is logged.

Nouns: SealedField, Sealed, Opening. Never: a search in clear text, a bulk opening without a log.
"""
