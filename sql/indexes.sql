-- Zones of an assembly, and with the next one, of a split.
CREATE INDEX zone_assembly_id ON zone (assembly_id);
-- Structures of a split.
CREATE INDEX structure_split_id ON structure (split_id);
