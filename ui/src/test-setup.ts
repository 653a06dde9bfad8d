// Tests show times as a reader in UTC sees them, wherever they run.
process.env.TZ = "UTC";
