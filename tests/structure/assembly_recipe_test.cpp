#include "structure/assembly_recipe.h"

#include "catch.h"
#include "structure/structure.h"

using mmgym::parse_operator_expression;
using mmgym::testing::contains;
using Products = std::vector<std::vector<std::string>>;

TEST_CASE("Operator expressions are lists, ranges and products") {
  CHECK(parse_operator_expression("1") == Products{{"1"}});
  CHECK(parse_operator_expression("P") == Products{{"P"}});
  CHECK(parse_operator_expression("1,2,5") == Products{{"1"}, {"2"}, {"5"}});
  CHECK(parse_operator_expression("1-3,7") == Products{{"1"}, {"2"}, {"3"}, {"7"}});
  CHECK(parse_operator_expression(" ( 1 , 2 ) ") == Products{{"1"}, {"2"}});
  CHECK(parse_operator_expression("(1-60)").size() == 60);
  CHECK(parse_operator_expression("(1-60)").back() == std::vector<std::string>{"60"});

  // As in 2GTL and 1F2N: the right factor varies fastest.
  const auto product = parse_operator_expression("(X0,X1)(1-12)");
  REQUIRE(product.size() == 24);
  CHECK(product[0] == std::vector<std::string>{"X0", "1"});
  CHECK(product[11] == std::vector<std::string>{"X0", "12"});
  CHECK(product[12] == std::vector<std::string>{"X1", "1"});
  CHECK(parse_operator_expression("(P)(1-2)(A,B)").size() == 4);
}

TEST_CASE("The error of a malformed operator expression contains the expression and the reason") {
  for (const char* text :
       {"", "1,,2", "1-", "5-2", "a-b", "(1", "1)", "(1)2", "1(2)", "()", "(1,)"})
    CHECK_THROWS_AS(parse_operator_expression(text), mmgym::StructureError);
  CHECK_THROWS_WITH(parse_operator_expression("(1-x)"), contains("'(1-x)'") && contains("range"));
}
