"""Text to `Resource`s: exact YAML values, positions on demand, JSON Schema."""
