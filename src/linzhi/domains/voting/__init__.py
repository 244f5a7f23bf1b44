"""Votes of the owners: what is counted, how, and how anybody counts it again (业主共同决定事项).

Nouns: Roll (units with their owners at opening), Ballot, Rules, Export. Life cycle: so far the count alone, a pure function; no rows.
Never: a floating number in a count, a silent ballot counted without its clause and proof that it was served, a result shown one way only.
"""
