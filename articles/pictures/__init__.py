"""Pictures for pages: what comes in is read in a process of its own, cleaned, and made again at several widths.

Nothing of what a camera or a program wrote beside the pixels is left: no place, no name, no thumbnail, no comment.
"""
