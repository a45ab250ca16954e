"""A small site of sample pages, for tests of the page bases and for looking at them."""
