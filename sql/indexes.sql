-- Zones of an assembly, and with the next one, of a split.
CREATE INDEX IF NOT EXISTS zone_assembly_id ON zone (assembly_id);
-- Structures of a split.
CREATE INDEX IF NOT EXISTS structure_split_id ON structure (split_id);
