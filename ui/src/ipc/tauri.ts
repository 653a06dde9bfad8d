/** The real backend. The only file that imports Tauri. */
import { invoke } from "@tauri-apps/api/core";
import type { Backend } from "./backend";

export const tauri: Backend = {
  start: () => invoke("start"),
  reveal: () => invoke("reveal"),
  painted: (summary) => invoke("painted", { summary }),
  overview: (account) => invoke("overview", { account }),
  plans: (account) => invoke("plans", { account }),
  receipt: (account, plan) => invoke("receipt", { account, plan }),
  setOverage: (account, enabled) => invoke("set_overage", { account, enabled }),
  requestOverage: (account, enabled) => invoke("request_overage", { account, enabled }),
  refresh: (account, byHand, hidden) => invoke("refresh", { account, byHand, hidden }),
  setAskKiro: (agreed) => invoke("set_ask_kiro", { agreed }),
  changePlan: (account, plan) => invoke("change_plan", { account, plan }),
  saveFacts: (account, facts) => invoke("save_facts", { account, facts }),
  openSample: () => invoke("open_sample"),
  removeAccount: (account) => invoke("remove_account", { account }),
  importKiroSessions: (choose) => invoke("import_kiro_sessions", { choose }),
  setTheme: (theme) => invoke("set_theme", { theme }),
  openLink: (link) => invoke("open_link", { link }),
  showDataFolder: () => invoke("show_data_folder"),
};
