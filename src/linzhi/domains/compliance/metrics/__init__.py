"""Lists of what the registers themselves show to be amiss, row by row."""
