"""The people of a county, with least data: who lives where, who owns what, since when.

Nouns: Person, Residence, Ownership. Life cycle: a person is registered, moves in and out, acquires and parts with
a dwelling; rows end, none is overwritten. Never: an identity number, a score, a list of persons for those outside their place.
"""
