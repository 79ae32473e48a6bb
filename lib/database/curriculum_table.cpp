#include "database/curriculum_table.h"

#include "database/fingerprint.h"

namespace mmgym {

CurriculumCounts add_curriculum(Connection& connection,
                                const std::vector<CurriculumRow>& rows) try {
  CurriculumCounts counts;
  Transaction transaction(connection);
  {
    Statement find_zone(connection, "SELECT 1 FROM zone WHERE id = ?");
    Statement find(connection, "SELECT 1 FROM curriculum WHERE zone_id = ? AND random_seed = ?");
    Statement add(connection, "INSERT OR REPLACE INTO curriculum VALUES (?, ?, ?)");
    for (const auto& row : rows) {
      if (!find_zone.first_row(row.zone_id)) {
        counts.unknown_zones.push_back(row.zone_id);
        continue;
      }
      ++(find.first_row(row.zone_id, row.random_seed) ? counts.replaced : counts.added);
      add.run(row.zone_id, row.random_seed, row.difficulty);
    }
  }
  update_database_id(connection);
  transaction.commit();
  return counts;
} catch (const RefusedRow& error) {
  // The rows are right, so the file is not.
  throw DatabaseError(connection.path().string() + " is damaged: " + error.what());
}

}  // namespace mmgym
