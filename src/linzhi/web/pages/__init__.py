"""Pages that belong to no domain: all components at a glance, and the size of the type."""
