"""What we show: a folder for each group of the menu and a script for each page, read from top to bottom.

No page sits directly here: Streamlit would serve such a script on its own when a fresh server is first opened
at its link, without the frame, the filters and the question about rights.
"""
