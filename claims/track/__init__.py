"""查进度: what the homeowner sees of one claim, and the acts that are the homeowner's own."""
