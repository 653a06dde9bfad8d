/** The real backend. The only file that imports Tauri. */
import { Channel, invoke } from "@tauri-apps/api/core";
import type { Backend } from "./backend";
import type { ProgressView } from "./bindings/ProgressView";

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
  setAsk: (vendor, agreed) => invoke("set_ask", { vendor, agreed }),
  setPauseOnBattery: (pause) => invoke("set_pause_on_battery", { pause }),
  connectKilo: () => invoke("connect_kilo"),
  setKiloKey: (key) => invoke("set_kilo_key", { key }),
  addAccount: (billing) => invoke("add_account", { billing }),
  renameAccount: (account, name) => invoke("rename_account", { account, name }),
  hideAccount: (account, hidden) => invoke("hide_account", { account, hidden }),
  saveTeamFacts: (account, facts) => invoke("save_team_facts", { account, facts }),
  changePlan: (account, plan) => invoke("change_plan", { account, plan }),
  saveFacts: (account, facts) => invoke("save_facts", { account, facts }),
  openSample: () => invoke("open_sample"),
  removeAccount: (account) => invoke("remove_account", { account }),
  import: (kind, from, account, told) => {
    const progress = new Channel<ProgressView>();
    progress.onmessage = told;
    return invoke("import", { kind, from, account, progress });
  },
  stopImport: () => invoke("stop_import"),
  setTheme: (theme) => invoke("set_theme", { theme }),
  openLink: (link) => invoke("open_link", { link }),
  showDataFolder: () => invoke("show_data_folder"),
};
