add_module(routes_parties SOURCES parties.cpp DEPS http routes_json accounts parties TESTS parties_test.cpp TEST_DEPS
               http_testing store_parties store_events PkgConfig::zip)
