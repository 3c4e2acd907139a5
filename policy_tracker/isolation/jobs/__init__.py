"""What is done with a document in a process of its own: one file a job, whose `work` the child of
`run` calls by the file's name.
"""
