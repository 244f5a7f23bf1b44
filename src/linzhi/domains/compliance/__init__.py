"""What the register itself shows to be missing, doubled, overlapping or running out, with who has to mend it (查缺补漏).

Nouns: Finding. Life cycle: opened when the data show it, closed when they no longer do; nobody ticks it off. Never: about
a person's worth, or shown of the closed room to anybody outside it.
"""
