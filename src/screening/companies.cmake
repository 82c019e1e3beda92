# Companies: the list as a member holds it, questions, files of partners, and those that are watched.
add_module(screening_companies
  SOURCES company.cpp company_book.cpp company_json.cpp company_query.cpp company_screening.cpp
  DEPS base tlog alliance events log names screening_persons fmt::fmt
  TESTS company_test.cpp)
