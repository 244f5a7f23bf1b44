"""Organisations, the posts in them, and who holds each post since when: the only source of power on the platform.

Nouns: Body, Competence, ServiceArea, Post, PostArea, Holding. Life cycle: a body is founded and dissolved; a post is created,
held for a term and given up; grants of power begin and end with the holding. Never: a grant without a post, a post that outlives its body.
"""
