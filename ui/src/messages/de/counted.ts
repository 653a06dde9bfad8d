/** Gezähltes, eins und viele, und was Sätze sonst gemeinsam haben. */
import { count } from "../../format/amounts";

export const tasks = (many: number) => count(many, "Aufgabe", "Aufgaben");
export const rows = (many: number) => count(many, "Zeile", "Zeilen");
export const sessions = (many: number) => count(many, "Sitzung", "Sitzungen");
export const requests = (many: number) => count(many, "Anfrage", "Anfragen");
export const newTasks = (many: number) => count(many, "neue Aufgabe", "neue Aufgaben");
export const newDays = (many: number) => count(many, "neuer Tag", "neue Tage");
/** Ein Punkt am Ende, wo nicht schon einer steht: "30. Nov." */
export const ended = (sentence: string) => (sentence.endsWith(".") ? sentence : `${sentence}.`);
export const onOff = (on: boolean) => (on ? "eingeschaltet" : "ausgeschaltet");
