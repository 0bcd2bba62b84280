"""Search over drug monographs. The façade: what `web` and other programs may use."""
