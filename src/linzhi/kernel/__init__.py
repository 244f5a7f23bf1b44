"""The kernel has no tables: clock, working time, exact fractions and money, Actor, Decision, Refused."""
