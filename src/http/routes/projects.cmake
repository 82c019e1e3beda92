add_module(routes_projects SOURCES projects.cpp DEPS http routes_json accounts events projects TESTS
               projects_test.cpp TEST_DEPS http_testing store_projects store_events)
