#include "database/schema_check.h"

#include <fmt/format.h>
#include <sql.h>

#include <map>

#include "base/text.h"

namespace mmgym {
namespace {

/// Definitions by "table NAME" or "index NAME".
using Definitions = std::map<std::string, std::string>;

/// The definition with single spaces, as white space has no meaning.
std::string plain(std::string_view sql) {
  std::string text;
  for (const std::string_view word : words_of(sql))
    text.append(text.empty() ? "" : " ").append(word);
  return text;
}

/// Calls use(type, name, sql) for each object. Indexes of primary keys have no sql.
template <typename Use>
void for_each_object(Connection& connection, Use use) {
  Statement objects(connection, "SELECT type, name, sql FROM sqlite_schema");
  for (bool row = objects.first_row(); row; row = objects.next_row())
    use(std::string(objects.name(0)), std::string(objects.name(1)),
        plain(objects.text_or_empty(2)));
}

Definitions expected_definitions() {
  Connection connection(":memory:", Connection::Mode::create);
  connection.execute(sql::schema);
  connection.execute(sql::indexes);
  Definitions definitions;
  for_each_object(connection, [&](const auto& type, const auto& name, const auto& sql) {
    if (!sql.empty()) definitions[type + ' ' + name] = sql;
  });
  return definitions;
}

bool is_plain_table(const std::string& type, const std::string& sql) {
  return type == "table" && sql.starts_with("CREATE TABLE ");
}

}  // namespace

void check_schema(Connection& connection) {
  static const Definitions kExpected = expected_definitions();
  const std::string path = connection.path().string();
  Definitions missing = kExpected;
  for_each_object(connection, [&](const auto& type, const auto& name, const auto& sql) {
    if (sql.empty() && type == "index") return;
    const auto expected = kExpected.find(type + ' ' + name);
    if (expected != kExpected.end()) {
      if (sql != expected->second)
        throw DatabaseError(path + " is damaged: the " + type + " '" + name +
                            "' is not defined as mmgym defines it");
      missing.erase(expected->first);
    } else if (!is_plain_table(type, sql)) {
      const std::string kind = sql.starts_with("CREATE VIRTUAL ") ? "virtual table" : type;
      throw DatabaseError(path + ": has the " + kind + " '" + name +
                          "', which mmgym did not make; remove it with sqlite3");
    }
  });
  for (const auto& [object, sql] : missing)
    if (object.starts_with("table "))
      throw DatabaseError(fmt::format("{} is damaged: it has no {}", path, object));
}

}  // namespace mmgym
