"""底数: the screens of the registers of the ground, for staff."""
