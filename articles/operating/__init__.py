"""What whoever runs the site may ask it: whether it is ready, and how much of what it has done. No word, no name."""
