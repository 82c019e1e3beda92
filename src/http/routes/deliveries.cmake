add_module(routes_deliveries
  SOURCES deliveries.cpp
  DEPS http routes_json accounts deliveries projects routes_recipient)
