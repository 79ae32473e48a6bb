SELECT zone.assembly_id, center_x_A, center_y_A, center_z_A,
       structure.pdb_id, structure.model_id, assembly.pdb_id, split.name
FROM zone
JOIN assembly ON assembly.id = zone.assembly_id
JOIN structure ON structure.id = assembly.struct_id
LEFT JOIN split ON split.id = structure.split_id
WHERE zone.id = ?
