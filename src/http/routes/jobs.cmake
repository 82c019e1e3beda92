add_module(routes_jobs SOURCES events.cpp jobs.cpp DEPS http routes_json accounts events jobs TESTS
               jobs_test.cpp TEST_DEPS http_testing store_jobs store_events)
