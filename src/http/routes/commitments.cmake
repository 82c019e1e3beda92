add_module(routes_commitments
  SOURCES commitments.cpp commitments_fields.cpp commitments_templates.cpp
  DEPS base http routes_json accounts commitments)
