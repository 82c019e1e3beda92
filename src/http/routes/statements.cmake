add_module(routes_statements
  SOURCES statements.cpp statements_public.cpp
  DEPS base http routes_json accounts statements fmt::fmt)
