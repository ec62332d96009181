"""Values, steps and codecs: what every floor above speaks. This floor knows no cloud and does no I/O."""
