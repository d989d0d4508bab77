"""Links: a whole Config as a short query, and back; those of TensorFlow Playground, too."""
