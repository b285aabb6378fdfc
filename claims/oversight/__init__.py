"""The manager's read side: breaches as events, the desk in numbers."""
