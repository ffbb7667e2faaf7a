"""What readers see otherwise since: written down by the database itself, and asked for by number."""
