INSERT INTO structure (input_id, pdb_id, model_id, rank, method, deposition_date, resolution_A,
                       resolution_bin, r_work, r_free, clashscore, clashscore_bin, nmr_restraints,
                       q_score, is_computed, mean_plddt, unmodelled_atoms, unsure_residues)
VALUES (?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
