"""Services on the network that know publications: all access to the network, and what is learnt from it."""
