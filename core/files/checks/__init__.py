"""One module a kind of file: each reads the file as a reader would and refuses what is not plain content."""
