"""What is drawn: one layer, one file, one function. Folium elements carry numbers and codes only.

The time bar filters in the browser, so a layer holds the rows of all days with their intervals, and the
frame shows those that hold on the day. Words travel apart, as JSON that the frame writes as text.
"""
