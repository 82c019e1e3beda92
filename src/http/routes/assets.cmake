add_module(routes_assets SOURCES assets.cpp upload_answer.cpp DEPS http routes_json accounts deliveries)
