"""The parts of `benchmarks.served`: servers, load, our site, and the peers."""
