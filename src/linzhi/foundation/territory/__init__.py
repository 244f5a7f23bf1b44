"""The tree of places that power and policy hang on: nation down to estate and building.

Nouns: Territory. A node's `path` is made of five-digit segments, one per level, so that a whole
subtree is one range of one index on both databases. Never: facts about buildings or people.
"""
