"""Labs: guided experiments beside the live page, each a folder of data. Here is what one holds; nothing is trained."""
