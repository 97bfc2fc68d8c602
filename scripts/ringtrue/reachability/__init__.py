"""A reference to its proof: name, port, endpoints, policy, each step with its evidence."""
