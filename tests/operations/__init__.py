"""Tests of running it: damage, power loss, disks, strangers' requests, logs, the example files of docs/examples."""
