-- Finds the zones of an assembly. With the next index, it finds the zones of a split.
CREATE INDEX IF NOT EXISTS zone_assembly_id ON zone (assembly_id);
-- Finds the structures of a split.
CREATE INDEX IF NOT EXISTS structure_split_id ON structure (split_id);
