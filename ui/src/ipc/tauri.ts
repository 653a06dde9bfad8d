/** The real backend. The only file that imports Tauri. */
import { Channel, invoke } from "@tauri-apps/api/core";
import type { Backend } from "./backend";
import type { ProgressView } from "./bindings/ProgressView";
import type { TrayChoice } from "./bindings/TrayChoice";

export const tauri: Backend = {
  start: () => invoke("start"),
  reveal: () => invoke("reveal"),
  painted: (summary) => invoke("painted", { summary }),
  overview: (account) => invoke("overview", { account }),
  plans: (account) => invoke("plans", { account }),
  receipt: (account, plan) => invoke("receipt", { account, plan }),
  invoices: (account) => invoke("invoices", { account }),
  saveInvoices: (account, period, form) => invoke("save_invoices", { account, period, form }),
  usage: (account, step) => invoke("usage", { account, step }),
  usageRows: (account, query) => invoke("usage_rows", { account, query }),
  whatIf: (account, question) => invoke("what_if", { account, question }),
  saveWhatIf: (account, name, question) => invoke("save_what_if", { account, name, question }),
  forgetWhatIf: (account, name) => invoke("forget_what_if", { account, name }),
  exportWhatIf: (account, question) => invoke("export_what_if", { account, question }),
  openWhatIf: () => invoke("open_what_if"),
  seatReceipt: (account, change) => invoke("seat_receipt", { account, change }),
  setOverage: (account, enabled) => invoke("set_overage", { account, enabled }),
  requestOverage: (account, enabled) => invoke("request_overage", { account, enabled }),
  refresh: (account, byHand, hidden) => invoke("refresh", { account, byHand, hidden }),
  choose: (choice) => invoke("choose", { choice }),
  connectKilo: () => invoke("connect_kilo"),
  setKiloKey: (key) => invoke("set_kilo_key", { key }),
  addAccount: (billing) => invoke("add_account", { billing }),
  renameAccount: (account, name) => invoke("rename_account", { account, name }),
  hideAccount: (account, hidden) => invoke("hide_account", { account, hidden }),
  saveTeamFacts: (account, facts) => invoke("save_team_facts", { account, facts }),
  changePlan: (account, plan) => invoke("change_plan", { account, plan }),
  saveFacts: (account, change) => invoke("save_facts", { account, change }),
  openSample: () => invoke("open_sample"),
  removeAccount: (account) => invoke("remove_account", { account }),
  restoreAccount: (account) => invoke("restore_account", { account }),
  import: (kind, from, account, told) => {
    const progress = new Channel<ProgressView>();
    progress.onmessage = told;
    return invoke("import", { kind, from, account, progress });
  },
  stopImport: () => invoke("stop_import"),
  openLink: (link) => invoke("open_link", { link }),
  showDataFolder: () => invoke("show_data_folder"),
  backUp: () => invoke("back_up"),
  exportAll: () => invoke("export_all"),
  deleteAll: () => invoke("delete_all"),
  alerts: () => invoke("alerts"),
  tell: (key, title, body) => invoke("tell", { key, title, body }),
  desktop: () => invoke("desktop"),
  setAutostart: (on) => invoke("set_autostart", { on }),
  setTray: (words, told) => {
    const chosen = new Channel<TrayChoice>();
    chosen.onmessage = told;
    return invoke("set_tray", { words, chosen });
  },
};
