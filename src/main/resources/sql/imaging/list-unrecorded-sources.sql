select system, path from unrecorded_sources where system is not null
