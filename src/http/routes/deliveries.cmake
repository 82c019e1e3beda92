add_module(routes_deliveries
  SOURCES deliveries.cpp
  DEPS http routes_json accounts deliveries routes_recipient)
