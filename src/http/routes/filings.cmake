# A member's filings and the ombudsman's desk.
add_module(routes_filings SOURCES alliance_fields.cpp filings.cpp ombudsman.cpp DEPS http routes_json accounts filings TESTS
               filings_test.cpp TEST_DEPS http_testing store_jobs store_events store_parties store_projects)
