import { phrasesIn } from "./ipc/words";
import { phrasesFrom, speak } from "./messages";

// Tests show times as a reader in UTC sees them, wherever they run.
process.env.TZ = "UTC";
// The engine's phrases are there before a test begins, as they are before anything is drawn.
phrasesFrom({ phrases: phrasesIn });
await speak(null, null);
