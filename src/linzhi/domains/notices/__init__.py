"""Public notices of a place (公示、公告) and outcomes made public.

Nouns: Notice. Life cycle: published, perhaps withdrawn with a reason. Never: edited after publication, a private datum in its text.
"""
