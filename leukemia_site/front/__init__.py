"""The front: published pages answered before Django is asked, and while the database is away. Pure: it knows neither
Django nor articles (docs/decisions/0047)."""
