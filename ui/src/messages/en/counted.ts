/** What is counted, one and many. */
import { count } from "../../format/amounts";

export const tasks = (many: number) => count(many, "task", "tasks");
export const rows = (many: number) => count(many, "row", "rows");
export const sessions = (many: number) => count(many, "session", "sessions");
export const newTasks = (many: number) => count(many, "new task", "new tasks");
export const newDays = (many: number) => count(many, "new day", "new days");
