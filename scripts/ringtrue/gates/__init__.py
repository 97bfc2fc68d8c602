"""Which pushes to main and to the environment branches are let through: pure rules of refs, then what is checked."""
