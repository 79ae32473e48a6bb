#include "structure/assembly_recipe.h"

#include "catch.h"
#include "structure/structure.h"

using mmgym::InputLimits;
using mmgym::parse_operator_expression;
using mmgym::testing::contains;
using Products = std::vector<std::vector<std::string>>;

namespace {

Products products_of(std::string_view expression) {
  std::uint64_t used = 0;
  return parse_operator_expression(expression, {}, used);
}

}  // namespace

TEST_CASE("Operator expressions are lists, ranges and products") {
  CHECK(products_of("1") == Products{{"1"}});
  CHECK(products_of("P") == Products{{"P"}});
  CHECK(products_of("1,2,5") == Products{{"1"}, {"2"}, {"5"}});
  CHECK(products_of("1-3,7") == Products{{"1"}, {"2"}, {"3"}, {"7"}});
  CHECK(products_of(" ( 1 , 2 ) ") == Products{{"1"}, {"2"}});
  CHECK(products_of("(1-60)").size() == 60);
  CHECK(products_of("(1-60)").back() == std::vector<std::string>{"60"});

  // As in 2GTL and 1F2N: the right factor varies fastest.
  const auto product = products_of("(X0,X1)(1-12)");
  REQUIRE(product.size() == 24);
  CHECK(product[0] == std::vector<std::string>{"X0", "1"});
  CHECK(product[11] == std::vector<std::string>{"X0", "12"});
  CHECK(product[12] == std::vector<std::string>{"X1", "1"});
  CHECK(products_of("(P)(1-2)(A,B)").size() == 4);
}

TEST_CASE("The error of a malformed operator expression contains the expression and the reason") {
  for (const char* text :
       {"", "1,,2", "1-", "5-2", "a-b", "(1", "1)", "(1)2", "1(2)", "()", "(1,)"})
    CHECK_THROWS_AS(products_of(text), mmgym::StructureError);
  CHECK_THROWS_WITH(products_of("(1-x)"), contains("'(1-x)'") && contains("range"));
}

TEST_CASE("Operators are counted before an expression is expanded, without overflow") {
  CHECK(products_of("2147483646-2147483647") == Products{{"2147483646"}, {"2147483647"}});
  CHECK(products_of("4294967294-4294967295").size() == 2);
  CHECK(products_of("1-200000").size() == 200000);
  const std::string complaint =
      "the file has more than 200000 operators in its assemblies; --max-operators allows more";
  std::string ones = "1";
  std::string factors;
  for (int i = 0; i < 200000; ++i) ones += ",1";
  for (int i = 0; i < 200001; ++i) factors += "(1)";
  for (const std::string& text :
       {std::string("1-200001"), std::string("0-4294967295"), ones, factors,
        std::string("(1-1000000)(1-1000000)"), std::string("(1-100000)(1-2)"),
        std::string("(0-4294967295)(0-4294967295)(0-4294967295)(0-4294967295)"),
        std::string("0-4294967295,0-4294967295"), "(" + ones + ")(" + ones + ")"}) {
    CAPTURE(text.substr(0, 60));
    CHECK_THROWS_WITH(products_of(text), complaint);
  }
  CHECK(products_of(factors.substr(3)).front().size() == 200000);
}

TEST_CASE("The limit of operators is for all expressions of a file") {
  InputLimits limits;
  limits.max_operators = 10;
  std::uint64_t used = 0;
  CHECK(parse_operator_expression("(1-2)(1-2)", limits, used).size() == 4);
  CHECK(used == 8);
  CHECK_THROWS_WITH(parse_operator_expression("1-3", limits, used), contains("--max-operators"));
  CHECK(parse_operator_expression("1-2", limits, used).size() == 2);
  CHECK_THROWS_WITH(parse_operator_expression("1", limits, used), contains("--max-operators"));
}

TEST_CASE("An error does not repeat a long expression") {
  try {
    products_of(std::string(100000, '(') + "1");
    FAIL("not refused");
  } catch (const mmgym::StructureError& error) {
    CHECK(std::string(error.what()).size() < 200);
  }
}
