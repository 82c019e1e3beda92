add_module(routes_log SOURCES log.cpp DEPS http routes_json accounts log)
