add_module(routes_outbox
  SOURCES outbox.cpp
  DEPS http routes_json accounts outbox)
