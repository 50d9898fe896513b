"""An invented school and two simulated platforms, served over real HTTP on loopback."""
