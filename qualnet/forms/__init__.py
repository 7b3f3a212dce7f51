"""Forms: what people get to fill in, and what comes back from them."""
