"""What `benchmarks.audit_pages` is made of: a site with everything, its pages, and those who judge them."""
