"""The whole site in one file, and back from it into an empty machine, on either engine (docs/decisions/0013)."""
