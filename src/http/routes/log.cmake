add_module(routes_log SOURCES log.cpp DEPS http routes_json accounts log TESTS log_test.cpp
               TEST_DEPS http_testing store_log store_events store_jobs store_parties store_projects)
