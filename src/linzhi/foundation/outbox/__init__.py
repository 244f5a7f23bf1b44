"""Events written with the act that caused them, and delivered to handlers after commit.

Nouns: Event, Delivery. Delivery is at least once; a handler runs in one transaction with the mark that it
is done, so a worker killed in the middle loses nothing and repeats nothing. Never: business logic of its own.
"""
