"""Who can sign in: persons, programs and devices, and how they prove it.

Nouns: Account, ApiToken. Life cycle: signed up (phone unverified) or registered and invited (staff) -> in use -> deactivated.
Residents sign in with a phone and a one-time code; staff with a password and a second factor. Never: a default
password, a superuser, a power (those are grants), or anything about a person beyond what signing in needs.
"""
