"""Resources in the Platform API's shapes: what a record looks like from outside.

Times are milliseconds except `created_at` of users and channels, which are seconds, as the Platform API has it.
"""
