"""组织和岗位: the screens of bodies, posts, formations, filings and candidates, for staff; and the candidate's own page."""
