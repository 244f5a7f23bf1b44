"""工作台: where each person's day begins: exceptions first, then tasks; search; who may do what and why.

Nouns: none of its own; it shows what lower domains know. Life: none. Never: a table of its own facts, a ranking of persons.
"""
