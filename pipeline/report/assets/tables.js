"use strict";
/* Tables: sort by a column, search, filter by the values of a column, and page through the rows. The rows after the
   first page wait in a template: a browser parses thousands in no time, but would need half a minute to lay them out. */
(() => {
  const { all, one, make, bilingual, speak, language } = diptych;
  const PRINTED = 400;
  const plain = (text) => text.toLocaleLowerCase().replaceAll("ё", "е");

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.value ?? cell.textContent.trim();
    const digits = value.replace(/[\u202f\s%]/g, "").replace("−", "-").replace("Δ", "");
    return digits !== "" && Number.isFinite(Number(digits)) ? Number(digits) : value.toLocaleLowerCase();
  };
  const compare = (a, b) => {
    if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b);
    return typeof a === "number" ? -1 : 1;
  };
  const keysOf = (cell) => (cell.dataset.key ?? cell.textContent.trim()).split("|").filter(Boolean);
  const wordsOf = (row) => [row.textContent, ...all("[data-ru]", row).map((e) => `${e.dataset.ru} ${e.dataset.en ?? ""}`)];

  /* Sorting: `reorder` is given what brings rows into the new order. */
  const sortable = (table, reorder) => {
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
        reorder((rows) => {
          const valued = rows.map((row) => [valueOf(row, column), row]);
          valued.sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)));
          return valued.map(([, row]) => row);
        });
      });
    });
  };

  /* Filters, one for each heading that asks for one: a control, and what it lets through. */
  const labelled = (heading, control) => {
    const label = make("label", "filter");
    const name = make("span");
    name.append(...(one(".sort", heading) ?? heading).cloneNode(true).childNodes);
    label.append(name, " ", control);
    return label;
  };
  const choice = (heading, column, rows) => {
    const select = make("select");
    const found = new Map();
    for (const row of rows) {
      const cell = row.cells[column];
      const names = all("[data-ru]:not(.tag)", cell);
      const keys = keysOf(cell);
      keys.forEach((key, place) => {
        const known = found.get(key) ?? { count: 0, name: names.length === keys.length ? names[place] : null };
        known.count += 1;
        found.set(key, known);
      });
    }
    const any = bilingual("all", "все", "option");
    any.value = "";
    const options = [...found].map(([key, { count, name }]) => {
      const en = name?.dataset.en ?? name?.textContent ?? key;
      const option = bilingual(`${en} (${count})`, `${name?.dataset.ru ?? key} (${count})`, "option");
      option.value = key;
      return option;
    });
    options.sort((a, b) => a.textContent.localeCompare(b.textContent));
    select.append(any, ...options);
    return { element: labelled(heading, select), inputs: [select], passes: (row) => !select.value || keysOf(row.cells[column]).includes(select.value) };
  };
  const figure = (heading, column, most) => {
    const input = make("input");
    Object.assign(input, { type: "number", min: 0, max: 100, step: 5, placeholder: most ? "≤ %" : "≥ %" });
    const passes = (row) => input.value === "" || (most ? valueOf(row, column) <= Number(input.value) : valueOf(row, column) >= Number(input.value));
    return { element: labelled(heading, input), inputs: [input], passes };
  };
  const years = (heading, column) => {
    const input = make("input");
    Object.assign(input, { type: "text", placeholder: "1990-1999", size: 10, inputMode: "numeric", pattern: "\\d{1,4}(\\s*[-–]\\s*\\d{1,4})?" });
    const passes = (row) => {
      const asked = input.value.match(/\d{1,4}/g);
      const own = row.cells[column].textContent.match(/\d{4}/g);
      return !asked || (own !== null && Number(own.at(-1)) >= Number(asked[0]) && Number(own[0]) <= Number(asked.at(-1)));
    };
    return { element: labelled(heading, input), inputs: [input], passes };
  };
  const FILTERS = { choice, years, least: (h, c) => figure(h, c, false), most: (h, c) => figure(h, c, true) };

  /* A table with a bar of controls above it and a pager below. */
  const paged = (table) => {
    const body = table.tBodies[0];
    const template = one("template", body);
    let rows = [...body.rows, ...(template ? template.content.querySelectorAll("tr") : [])];
    template?.remove();
    const size = Number(table.dataset.paged);
    const addressed = "addressed" in table.dataset;
    let first = 0;
    let fitting = rows;

    const bar = make("div", "sieve");
    bar.setAttribute("role", "search");
    const frame = table.closest(".wide");
    bar.setAttribute("aria-label", frame.getAttribute("aria-label"));
    bar.dataset.ruLabel = frame.dataset.ruLabel;
    const query = make("input");
    query.type = "search";
    const asked = make("label", "filter");
    asked.append(bilingual("Search", "Поиск"), " ", query);
    const headings = all("thead th", table);
    const filters = new Map(
      headings.flatMap((heading, column) => {
        const make_ = FILTERS[heading.dataset.filter];
        return make_ ? [[heading.dataset.name ?? String(column), make_(heading, column, rows)]] : [];
      }),
    );
    const clear = make("button", "clear");
    clear.type = "button";
    clear.append(bilingual("Clear", "Сбросить"));
    const count = make("output", "count");
    bar.append(asked, ...[...filters.values()].map((f) => f.element), clear, count);

    const pager = make("div", "pager");
    pager.setAttribute("role", "group");
    pager.setAttribute("aria-label", "Pages of the table");
    pager.dataset.ruLabel = "Страницы таблицы";
    const [back, forth] = [["←", "Previous rows", "Предыдущие строки"], ["→", "Next rows", "Следующие строки"]].map(([sign, en, ru]) => {
      const button = make("button", "step", sign);
      button.type = "button";
      button.setAttribute("aria-label", en);
      button.dataset.ruLabel = ru;
      return button;
    });
    const place = make("span", "place");
    pager.append(back, place, forth);

    const texts = new Map();
    const textOf = (row) => texts.get(row) ?? texts.set(row, plain(wordsOf(row).join(" "))).get(row);
    const show = (number = size) => {
      const shown = fitting.slice(first, first + number);
      body.replaceChildren(...shown);
      speak(language(), body);
      place.textContent = fitting.length ? `${first + 1}–${first + shown.length} / ${fitting.length}` : "0";
      back.disabled = first === 0;
      forth.disabled = first + number >= fitting.length;
      pager.hidden = fitting.length <= size;
    };
    const sift = () => {
      const wanted = plain(query.value).split(/\s+/).filter(Boolean);
      const on = [...filters.values()].filter((f) => f.inputs.some((input) => input.value));
      fitting = rows.filter((row) => on.every((f) => f.passes(row)) && wanted.every((part) => textOf(row).includes(part)));
      first = 0;
      count.replaceChildren(`${fitting.length} `, bilingual("rows", "строк"));
      speak(language(), bar);
      clear.hidden = !on.length && !wanted.length;
      show();
    };
    /* What is chosen stands in the address, so that a link can ask for it. */
    const address = () => {
      const chosen = [["q", query.value], ...[...filters].map(([name, f]) => [name, f.inputs[0].value])].filter(([, value]) => value);
      history.replaceState(null, "", `#${new URLSearchParams(chosen)}`);
    };
    const obey = () => {
      const asks = new URLSearchParams(location.hash.slice(1));
      query.value = asks.get("q") ?? "";
      for (const [name, f] of filters) f.inputs[0].value = asks.get(name) ?? "";
      sift();
    };
    const changed = () => {
      sift();
      if (addressed) address();
    };
    for (const input of [query, ...[...filters.values()].flatMap((f) => f.inputs)]) input.addEventListener(input.matches("select") ? "change" : "input", changed);
    clear.addEventListener("click", () => {
      for (const input of [query, ...[...filters.values()].flatMap((f) => f.inputs)]) input.value = "";
      changed();
      query.focus();
    });
    const turn = (by) => {
      first = Math.max(0, first + by * size);
      show();
      bar.scrollIntoView({ block: "nearest" });
    };
    back.addEventListener("click", () => turn(-1));
    forth.addEventListener("click", () => turn(1));
    sortable(table, (order) => {
      rows = order(rows);
      sift();
    });
    if (addressed || (rows.length > 1 && "sortable" in table.dataset)) frame.before(bar);
    frame.after(pager);
    addEventListener("beforeprint", () => show(PRINTED));
    addEventListener("afterprint", () => show());
    if (addressed) {
      addEventListener("hashchange", obey);
      obey();
    } else sift();
  };

  all("table[data-sortable]:not([data-paged])").forEach((table) => sortable(table, (order) => table.tBodies[0].append(...order([...table.tBodies[0].rows]))));
  all("table[data-paged]").forEach(paged);
})();
