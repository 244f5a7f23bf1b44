"""人员: the screens of the register of people for staff, of the closed room, and of what residents offer."""
