"""Sealed personal data: encrypted at rest, masked on the screen, opened only with a purpose that is logged.

Nouns: SealedField, Sealed, Opening, Declared (a personal column), Store, KeyWalk. Never: a search in clear text, an opening without a log.
"""
