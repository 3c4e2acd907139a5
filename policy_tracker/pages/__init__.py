"""What people see: view models and their rendering, shared by the web, the static site and
mails.
"""
