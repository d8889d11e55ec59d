"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const make = (tag, className = "", text = "") => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  /* Language of the interface: English stands in the page, Russian in data-ru. */
  const remembered = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* a page from a file may have no storage */ } },
  };
  const speak = (lang, root = document) => {
    for (const element of all("[data-ru]", root)) {
      element.dataset.en ??= element.textContent;
      element.textContent = element.dataset[lang];
      element.lang = lang;
    }
    for (const element of all("[data-ru-label]", root)) {
      element.dataset.enLabel ??= element.getAttribute("aria-label");
      element.setAttribute("aria-label", element.dataset[`${lang}Label`]);
    }
  };
  const language = () => document.documentElement.lang;
  const choose = (lang) => {
    document.documentElement.lang = lang;
    speak(lang);
    for (const button of all(".switch button")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    remembered.set("diptych-language", lang);
  };
  const words = { en: { search: "Search in this table", rows: "rows", all: "Show all" }, ru: { search: "Поиск в таблице", rows: "строк", all: "Показать все" } };
  const bilingual = (key, tag = "span") => {
    const element = make(tag, "", words.en[key]);
    element.dataset.ru = words.ru[key];
    return element;
  };

  /* Tables: sort by a column, search, and show long ones in part. */
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.value ?? cell.textContent.trim();
    const plain = value.replace(/[\u202f\s%]/g, "").replace("−", "-").replace("Δ", "");
    return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : value.toLocaleLowerCase();
  };
  const compare = (a, b) => {
    if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b);
    return typeof a === "number" ? -1 : 1;
  };
  const sortable = (table) => {
    const headings = all("thead th", table);
    headings.forEach((heading, column) => {
      const button = make("button", "sort");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const down = heading.getAttribute("aria-sort") === "ascending";
        headings.forEach((other) => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row, column), row]);
        rows.sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)));
        table.tBodies[0].append(...rows.map(([, row]) => row));
        table.dispatchEvent(new Event("resift"));
      });
    });
  };
  const sifted = (table) => {
    const rows = () => [...table.tBodies[0].rows];
    const bar = make("p", "sieve");
    const name = make("label");
    const input = make("input");
    input.type = "search";
    name.append(bilingual("search"), " ", input);
    const count = make("output", "count");
    const more = make("button", "more");
    more.type = "button";
    let limit = Number(table.dataset.limit ?? Infinity);
    const sift = () => {
      const wanted = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      let found = 0;
      for (const row of rows()) {
        const fits = wanted.every((part) => row.textContent.toLocaleLowerCase().includes(part));
        found += fits;
        row.hidden = !fits || found > limit;
      }
      count.replaceChildren(`${found} `, bilingual("rows"));
      more.replaceChildren(bilingual("all"), ` ${found}`);
      more.hidden = found <= limit;
      speak(language(), bar);
      speak(language(), more);
    };
    const unfold = () => { limit = Infinity; sift(); };
    input.addEventListener("input", sift);
    table.addEventListener("resift", sift);
    more.addEventListener("click", unfold);
    addEventListener("beforeprint", unfold);
    bar.append(name, count);
    const frame = table.closest(".wide") ?? table;
    if ("searchable" in table.dataset) frame.before(bar);
    frame.after(more);
    sift();
  };

  /* The work's page. */
  const page = () => {
    const marks = all(".m");
    const panel = one(".panel");
    const content = one(".content", panel);
    const empty = content.firstElementChild;
    const spots = new Map();
    const collect = (element) => {
      for (const note of element.dataset.notes.split(" ")) {
        if (!spots.has(note)) spots.set(note, []);
        spots.get(note).push(element);
      }
    };
    [...marks, ...all(".chip")].forEach(collect);

    /* Filters: a mark keeps the layers that are switched on. */
    const isOn = (selector) => one(selector)?.checked ?? true;
    const layerOf = (note) => (note.startsWith("diff-") ? "differences" : note.split("-")[1]);
    const shown = (note) => {
      const layer = layerOf(note);
      if (!isOn(`input[data-layer="${layer}"]`)) return false;
      if (layer !== "differences") return true;
      const row = document.getElementById(note);
      return isOn(`input[data-kind="${CSS.escape(row.dataset.kind)}"]`) && (!("doubtful" in row.dataset) || isOn("input[data-doubt]"));
    };
    const badges = new Map(marks.filter((mark) => mark.dataset.badge).map((mark) => [mark, mark.dataset.badge]));
    const starts = new Set(marks.filter((mark) => mark.classList.contains("opens")));
    const filter = () => {
      const visible = new Map([...spots.keys()].map((note) => [note, shown(note)]));
      for (const mark of marks) {
        const kept = mark.dataset.notes.split(" ").filter((note) => visible.get(note));
        const layers = new Set(kept.map(layerOf));
        for (const layer of mark.dataset.notes.split(" ").map(layerOf)) mark.classList.toggle(layer, layers.has(layer));
        mark.classList.toggle("off", kept.length === 0);
        if (badges.has(mark)) {
          const stays = badges.get(mark).split(" ").filter((sign) => (sign === "✕" ? layers.has("quantities") : visible.get(`diff-${sign.slice(1)}`)));
          if (stays.length) mark.dataset.badge = stays.join(" ");
          else delete mark.dataset.badge;
        }
        if (mark.matches("a")) mark.tabIndex = kept.length && starts.has(mark) ? 0 : -1;
      }
      document.body.classList.toggle("no-passages", !isOn('[data-layer="passages"]'));
      count();
    };

    /* Notes in the panel, read from the tables at the foot of the page. */
    const entry = (note) => {
      const row = document.getElementById(note);
      if (!row) return null;
      const heads = all("thead th", row.closest("table"));
      const box = make("article", `entry ${layerOf(note)}`);
      const title = make("h3");
      title.append(...[...one("summary", row.closest("details")).firstElementChild.cloneNode(true).childNodes]);
      title.prepend(make("span", `sample ${layerOf(note)}`, "\u2002\u2002"), " ");
      box.append(title);
      const list = make("dl");
      [...row.cells].forEach((cell, column) => {
        if (!cell.textContent.trim()) return;
        const name = make("dt");
        const value = make("dd");
        name.append(...(one(".sort", heads[column]) ?? heads[column]).cloneNode(true).childNodes);
        value.append(...cell.cloneNode(true).childNodes);
        if (cell.dataset.field) value.dataset.field = cell.dataset.field;
        const pair = make("div", cell.dataset.field ?? "");
        pair.append(name, value);
        list.append(pair);
      });
      box.append(list);
      return box;
    };
    const light = (notes) => {
      all(".lit").forEach((element) => element.classList.remove("lit"));
      for (const note of notes) for (const spot of spots.get(note) ?? []) spot.classList.add("lit");
    };
    let origin = null;
    const open = (notes, from = null) => {
      origin = from;
      content.replaceChildren(...notes.map(entry).filter(Boolean));
      speak(language(), content);
      light(notes);
      panel.classList.add("open");
    };
    const close = () => {
      light([]);
      content.replaceChildren(empty);
      panel.classList.remove("open");
      origin?.focus();
      origin = null;
    };
    const pick = (element) => open(element.dataset.notes.split(" ").filter((n) => shown(n) || element.classList.contains("chip")).reverse(), element);
    one("#main").addEventListener("click", (event) => {
      const element = event.target.closest(".m, .chip");
      if (!element) return;
      event.preventDefault();
      if (!element.classList.contains("off")) pick(element);
    });
    one("#main").addEventListener("focusin", (event) => {
      const element = event.target.closest(".m, .chip");
      if (element?.matches(":focus-visible")) pick(element);
    });
    one(".close", panel).addEventListener("click", close);

    /* Stepping: through the differences that are switched on, and through the passages that wait for a judgement. */
    const reveal = (note) => {
      const spot = (spots.get(note) ?? [])[0];
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      spot?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
      panel.scrollTop = 0;
    };
    const stepper = (name, notes) => {
      const box = one(`.stepper[data-steps="${name}"]`);
      const [place, total] = box ? all(".where b", box) : [];
      let current = null;
      const list = () => notes.filter(shown);
      const self = {
        at: (note) => {
          if (notes.includes(note)) current = note;
          self.count();
        },
        count: () => {
          if (!box) return;
          place.textContent = String(list().indexOf(current) + 1);
          total.textContent = String(list().length);
        },
        step: (by) => {
          const on = list();
          if (!on.length) return;
          const at = on.indexOf(current);
          current = on[at < 0 ? (by > 0 ? 0 : on.length - 1) : (at + by + on.length) % on.length];
          open([current]);
          reveal(current);
          self.count();
        },
      };
      if (box) all("[data-step]", box).forEach((button) => button.addEventListener("click", () => self.step(Number(button.dataset.step))));
      return self;
    };
    const differences = stepper("differences", all('tr[data-layer="differences"]').map((row) => row.id));
    const unsure = stepper("unsure", all("tr[data-unsure]").map((row) => row.id));
    const count = () => { differences.count(); unsure.count(); };
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.('input[type="search"], textarea, select');
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "n" || event.key === "т") differences.step(1);
      else if (event.key === "p" || event.key === "з") differences.step(-1);
      else if (event.key === "u" || event.key === "г") unsure.step(1);
      else if (event.key === "Escape" && panel.classList.contains("open")) close();
    });

    /* Sentence by sentence, or as prose; sentences of one bead light up together. */
    const set = () => {
      const lined = (one('input[name="view"]:checked')?.value ?? "prose") === "sentences";
      document.body.classList.toggle("lined", lined);
    };
    all(".line").forEach((line) => { line.style.gridRow = line.dataset.place; });
    all(".col.empty").forEach((column) => {
      const places = all(".line", column.parentElement).map((line) => Number(line.dataset.place));
      column.style.gridRow = `1 / span ${Math.max(1, ...places)}`;
    });
    all('input[name="view"]').forEach((input) => input.addEventListener("change", set));
    let beads = null;
    one(".book").addEventListener("pointerover", (event) => {
      const bead = event.target.closest("[data-bead]")?.dataset.bead ?? null;
      if (bead === beads) return;
      all(".line.together").forEach((line) => line.classList.remove("together"));
      beads = bead;
      if (bead !== null) all(`[data-bead="${bead}"]`).forEach((line) => line.classList.add("together"));
    });

    all("input[data-layer], input[data-kind], input[data-doubt]").forEach((box) => box.addEventListener("change", filter));
    all(".back").forEach((link) => link.addEventListener("click", (event) => { event.preventDefault(); show(link.hash.slice(4)); }));
    const show = (note) => {
      if (!spots.has(note) && !document.getElementById(note)?.dataset.layer) return;
      open([note]);
      reveal(note);
      differences.at(note);
      unsure.at(note);
    };
    const follow = () => {
      const aim = decodeURIComponent(location.hash.slice(1));
      if (aim.startsWith("at-")) show(aim.slice(3));
    };
    addEventListener("hashchange", follow);
    if (matchMedia("(max-width: 70rem)").matches) one(".drawer").open = false;
    set();
    filter();
    follow();
  };

  all("table[data-sortable]").forEach(sortable);
  all("table[data-limit]").forEach(sifted);
  document.body.classList.add("live");
  one(".switch").hidden = false;
  all(".switch button").forEach((button) => button.addEventListener("click", () => choose(button.dataset.lang)));
  if (document.body.classList.contains("work")) page();
  if (remembered.get("diptych-language") === "ru") choose("ru");
})();
