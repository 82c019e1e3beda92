add_module(routes_keyholder SOURCES keyholder.cpp DEPS http alliance_keys)
