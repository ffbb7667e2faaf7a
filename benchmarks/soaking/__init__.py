"""The parts of `python -m benchmarks.soak`: a database that is killed, who publishes, who reads, and who judges."""
