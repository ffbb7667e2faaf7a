"""What whoever runs the site can see of it: ids of requests, log lines, slow queries, numbers. Nothing of readers."""
