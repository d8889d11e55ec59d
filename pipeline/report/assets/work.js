"use strict";
(() => {
  const { all, one, make, speak, language } = diptych;

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
    const least = one("input[data-least]");
    const below = one("input[data-below]");
    const only = all("select[data-only]");
    const facet = (row, name) => (row.dataset[name] ?? "").split("|");
    const isAsked = (row) => only.every((select) => !select.value || facet(row, select.dataset.only).includes(select.value));
    const sureness = (row) => Number(row.dataset.sure);
    const shown = (note) => {
      const layer = layerOf(note);
      const row = document.getElementById(note);
      if (!row || !isOn(`input[data-layer="${layer}"]`)) return false;
      if (layer !== "differences") return isAsked(row);
      return isOn(`input[data-kind="${CSS.escape(row.dataset.kind)}"]`) && isOn(`input[data-severity="${row.dataset.severity}"]`) && sureness(row) >= Number(least?.value ?? 0);
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
          const stays = badges.get(mark).split(" ").filter((sign) => (sign === "✕" ? layers.has("quantities") : sign === "✎" || visible.get(`diff-${sign.slice(1)}`)));
          if (stays.length) mark.dataset.badge = stays.join(" ");
          else delete mark.dataset.badge;
        }
        if (mark.matches("a")) mark.tabIndex = kept.length && starts.has(mark) ? 0 : -1;
      }
      for (const [note, on] of visible) document.getElementById(note)?.classList.toggle("off", !on);
      for (const chip of all(".chip")) chip.classList.toggle("off", !visible.get(chip.dataset.notes));
      document.body.classList.toggle("no-passages", !isOn('[data-layer="passages"]'));
      for (const range of [least, below]) if (range) one("b", range.parentElement).textContent = `${range.value} %`;
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
    const stepper = (name, notes, fits = () => true) => {
      const box = one(`.stepper[data-steps="${name}"]`);
      const [place, total] = box ? all(".where b", box) : [];
      let current = null;
      const list = () => notes.filter((note) => shown(note) && fits(document.getElementById(note)));
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
    const unsure = stepper("unsure", all('tr[data-layer="passages"]').map((row) => row.id), (row) => "unsure" in row.dataset || sureness(row) < Number(below?.value ?? 0));
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

    all("[data-layer], [data-kind], [data-severity], [data-least], [data-below], [data-only]", one(".drawer")).forEach((control) => control.addEventListener(control.matches("select") ? "change" : "input", filter));
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
      if (aim.startsWith("bead-")) for (const line of all(`[data-bead="${CSS.escape(aim.slice(5))}"]`)) line.classList.add("sought");
    };
    addEventListener("hashchange", follow);
    if (matchMedia("(max-width: 70rem)").matches) one(".drawer").open = false;
    set();
    filter();
    follow();
  };

  page();
})();
