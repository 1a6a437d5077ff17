//! Parquet files that contradict themselves, and those that other tools write.
