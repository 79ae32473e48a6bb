-- Structures from the best to the worst. lib/census/structure_rank.h has the same rules.
SELECT id, pdb_id, rank
FROM structure
ORDER BY is_computed,
         resolution_bin NULLS LAST,
         clashscore_bin NULLS LAST,
         nmr_restraints DESC NULLS LAST,
         r_free NULLS LAST,
         q_score DESC NULLS LAST,
         mean_plddt DESC NULLS LAST,
         deposition_date DESC NULLS LAST,
         pdb_id DESC
