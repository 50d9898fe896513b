"""The registers source: what the school's own lists of people, photographs and accounts say."""

from connectors.registers.pull import RegistersSource

__all__ = ["RegistersSource"]
