"""The work calendar: which days are worked, which years are announced, and the office hours.

Seeded from a library that knows the announced years, edited by an administrator when the State Council announces
the next one. Knows no territory: a place with its own office hours is a matter for the policy packs.
Reads: `queries.work_calendar`. Writes: `announcing`, called only from inside commands. `seed` needs no Django.
"""
