-- The subchains in the zones of an assembly, alone or in pairs.
WITH of_assembly (zone_id) AS (SELECT id FROM zone WHERE assembly_id = ?)
SELECT pdb_id, symmetry_mate FROM subchain JOIN of_assembly USING (zone_id)
UNION
SELECT pdb_id_1, symmetry_mate_1 FROM subchain_pair JOIN of_assembly USING (zone_id)
UNION
SELECT pdb_id_2, symmetry_mate_2 FROM subchain_pair JOIN of_assembly USING (zone_id)
