/* 邻治: what makes pages handier. Every page works without it. No framework, no inline handlers, nothing from elsewhere. */
(() => {
  "use strict";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  /* Large type at once, without leaving a half-filled form; the link itself does the same through the server. */
  function setType(size) {
    const large = size === "large";
    if (large) document.documentElement.dataset.type = "large";
    else delete document.documentElement.dataset.type;
    const safe = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `lz_type=${large ? "large" : ""}; Path=/; SameSite=Lax; Max-Age=${large ? 31536000 : 0}${safe}`;
    all(".lz-typeswitch [data-type-set]").forEach((a) => {
      if (a.dataset.typeSet === size) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    });
  }

  /* Drafts: what was typed stays on this device until it has been sent. */
  const SKIP = new Set(["hidden", "password", "file", "submit", "button"]);
  const fieldsOf = (form) => Array.from(form.elements).filter((e) => e.name && !SKIP.has(e.type) && !e.closest("[data-no-draft]"));
  const keyOf = (form) => `lz-draft:${form.dataset.draft}`;
  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }
  function saveDraft(form) {
    const values = fieldsOf(form).filter((e) => (e.type === "radio" || e.type === "checkbox" ? e.checked : e.value !== "")).map((e) => [e.name, e.value]);
    try { localStorage.setItem(keyOf(form), JSON.stringify(values)); } catch { /* private mode or full: there is no draft then */ }
  }
  function forget(form) {
    try { localStorage.removeItem(keyOf(form)); } catch { /* nothing was kept */ }
  }
  function restoreDraft(form) {
    const values = read(keyOf(form));
    const typed = fieldsOf(form).some((e) => (e.type === "radio" || e.type === "checkbox" ? e.checked !== e.defaultChecked : e.tagName !== "SELECT" && e.value !== ""));
    if (!Array.isArray(values) || !values.length || typed) return;
    for (const [name, value] of values) {
      for (const e of fieldsOf(form).filter((one) => one.name === name)) {
        if (e.type === "radio" || e.type === "checkbox") { if (e.value === value) e.checked = true; } else e.value = value;
      }
    }
    const line = document.createElement("p");
    line.className = "lz-off";
    line.dataset.restored = "";
    line.setAttribute("role", "status");
    line.append(form.dataset.draftWords || "");
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-plain";
    drop.textContent = form.dataset.draftClear || "";
    drop.addEventListener("click", () => { forget(form); form.reset(); line.remove(); });
    line.append(drop);
    form.prepend(line);
  }

  /* Files: say which were chosen, and show photos before they are sent. */
  function showChosen(box) {
    const input = box.querySelector("input[type=file]");
    const name = box.querySelector("[data-upload-name]");
    const list = box.querySelector("[data-upload-list]");
    const files = Array.from(input?.files || []);
    if (name) name.textContent = files.length && name.dataset.uploadWords ? name.dataset.uploadWords.replace("{n}", files.length) : files.map((file) => file.name).join("、");
    if (!list) return;
    list.replaceChildren();
    for (const file of files.slice(0, 9)) {
      const item = document.createElement("li");
      if (/^image\/(jpeg|png|webp)$/.test(file.type)) {
        const picture = document.createElement("img");
        picture.alt = file.name;
        picture.src = URL.createObjectURL(file);
        picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
        item.append(picture);
      } else item.textContent = file.name;
      list.append(item);
    }
  }

  /* Lists: J and K move along, Enter opens. Not while somebody types. */
  function moveInList(event) {
    const step = { j: 1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const links = all("[data-keys] tbody tr").map((row) => row.querySelector("a[href]")).filter(Boolean);
    if (!links.length) return;
    const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = links[Math.min(Math.max(here + step, 0), links.length - 1)];
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  /* Beside a list: on a wide screen a case opens in the pane, and the links in the pane stay in it. Elsewhere a link is a link. */
  function openBeside(event) {
    const link = event.target.closest("a[data-beside], #pane a[data-pane]");
    const pane = document.getElementById("pane");
    if (!link || !pane || !window.htmx || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!window.matchMedia("(min-width: 75.01rem)").matches) return;
    event.preventDefault();
    window.htmx.ajax("GET", link.href, { target: pane, swap: "innerHTML" });
    if (!link.dataset.beside) return;
    history.replaceState(null, "", link.dataset.beside);
    all("tr.is-here").forEach((row) => row.classList.remove("is-here"));
    all("a[data-beside][aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.closest("tr")?.classList.add("is-here");
    link.setAttribute("aria-current", "true");
  }

  /* A short text goes into its field; without this script the same link brings the page back with it. */
  function fillText(event) {
    const link = event.target.closest("a[data-fill]");
    const field = link?.closest("[data-say], .lz-internal")?.querySelector("textarea");
    if (!field) return false;
    event.preventDefault();
    field.value = link.dataset.fill;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    link.closest("details").open = false;
    field.focus();
    return true;
  }

  function countChosen() {
    const chosen = all("input[name=chosen]:checked").length;
    all("[data-bulk-count]").forEach((place) => {
      place.dataset.words ??= place.textContent;
      place.textContent = chosen ? place.dataset.bulkCount.replace("{n}", chosen) : place.dataset.words;
    });
  }

  function note(words) {
    const place = document.getElementById("lz-notes");
    if (!place) return;
    const box = document.createElement("div");
    box.className = "lz-alert lz-alert--bad";
    box.setAttribute("role", "alert");
    box.textContent = words;
    place.replaceChildren(box);
    place.scrollIntoView({ block: "nearest" });
  }

  function prepare(root) {
    all("form[data-draft]", root).forEach((form) => {
      if (form.dataset.ready) return;
      form.dataset.ready = "1";
      restoreDraft(form);
      form.addEventListener("input", () => saveDraft(form));
    });
    all("[data-forget-draft]", root).forEach((e) => forget({ dataset: { draft: e.dataset.forgetDraft } }));
    all("[data-copy], [data-print]", root).forEach((e) => { e.hidden = false; });
    all("[data-filter] [data-filter-button]", root).forEach((e) => { if (e.form.hasAttribute("hx-get")) e.classList.add("visually-hidden"); });
    const errors = root.querySelector("[data-errors]");
    if (errors) errors.focus();
  }

  document.addEventListener("click", (event) => {
    const type = event.target.closest("[data-type-set]");
    if (type && type.closest(".lz-typeswitch")) { event.preventDefault(); setType(type.dataset.typeSet); return; }
    if (fillText(event)) return;
    openBeside(event);
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const said = copy.textContent;
      navigator.clipboard?.writeText(copy.dataset.copy).then(() => {
        copy.textContent = copy.dataset.copied || said;
        setTimeout(() => { copy.textContent = said; }, 2000);
      });
    }
    if (event.target.closest("[data-print]")) window.print();
    all("details.lz-why[open]:not(.lz-why--text), details.lz-menu[open]").forEach((open) => { if (!open.contains(event.target)) open.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    moveInList(event);
    if (event.key === "Escape") all("details.lz-why[open], details.lz-menu[open]").forEach((open) => { open.open = false; open.querySelector("summary").focus(); });
  });
  document.addEventListener("change", (event) => {
    const box = event.target.closest("[data-upload]");
    if (box) showChosen(box);
    if (event.target.name === "chosen") countChosen();
    if (event.target.matches("[data-choose-all]")) {
      all("input[name=chosen]").forEach((e) => { e.checked = event.target.checked; });
      countChosen();
    }
  });
  document.addEventListener("htmx:load", (event) => prepare(event.target));
  document.addEventListener("htmx:sendError", () => note(document.body.dataset.lost));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => prepare(document));
  else prepare(document);
})();
