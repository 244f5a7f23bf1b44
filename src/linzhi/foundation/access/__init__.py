"""Who may do what, where, and why.

Nouns: Action, Rule, Scope, Grant, Powers. Power comes from a post held in a body over a piece of territory
between two dates (a Grant, written and ended by `bodies` only), or from a relation to the object itself.
Every answer has a reason; lists are filtered in SQL. Never: a superuser, a way around.
"""
