"""The static mirror: every public page as a file, for the day when the site itself is away (docs/decisions/0049)."""
