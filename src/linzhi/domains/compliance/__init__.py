"""What the register itself shows to be missing, doubled, overlapping or running out, with who has to mend it (查缺补漏).

And the work on it: campaigns whose list is struck off (销号), the board, who looks after what, what departments were asked.

Nouns: Finding, Standing, Tally, Campaign, Scheduling, LeaderLink, DepartmentTask. Life cycle: a finding opens when the data show it and
closes when they no longer do; nobody ticks it off. Never: about a person's worth, a ranking of places, or shown of the closed room to
anybody outside it.
"""
