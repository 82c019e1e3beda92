# Companies: the list as a member holds it, questions, files of partners, and those that are watched.
compile_apart(batch_output.cpp company.cpp company_test.cpp watch.cpp)
add_module(screening_companies
  SOURCES batch.cpp batch_file.cpp batch_output.cpp batch_screening.cpp batch_text.cpp
    company.cpp company_book.cpp company_hits.cpp company_json.cpp company_query.cpp company_screening.cpp watch.cpp watch_service.cpp
  DEPS base tlog alliance events jobs log names parties screening_persons fmt::fmt PkgConfig::icu PkgConfig::zip Threads::Threads
  TESTS batch_test.cpp company_test.cpp
  TEST_DEPS PkgConfig::zip)
