"""The adjuster's read side."""
