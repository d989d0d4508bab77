"""Machines that remember: a Hopfield network, a restricted Boltzmann machine, units that learn by Hebb's rule."""
