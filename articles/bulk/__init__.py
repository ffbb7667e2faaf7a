"""One deed for many articles: looked at row by row, confirmed, done in chunks, and taken back where that is honest."""
