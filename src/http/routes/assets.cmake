add_module(routes_assets SOURCES assets.cpp DEPS http routes_json accounts deliveries)
