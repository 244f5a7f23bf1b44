"""Consents: to what purpose a person said yes, to which words, when and how; and when they took it back.

Nouns: ConsentText (the words of one version), Consent. A withdrawal works at once and for everything that asks `holds`.
Never: a consent without the words it was given to, a consent taken for granted, one deleted when it is withdrawn.
"""
