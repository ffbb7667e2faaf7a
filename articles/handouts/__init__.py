"""A page on paper: the medical part as a PDF, made once for what it shows (docs/decisions/0036)."""
