"""The repair firm's portal: its own orders, and nothing else of any claim."""
