"""What `make bench` measures. Ratios are to a floor taken in turn in the same run."""
