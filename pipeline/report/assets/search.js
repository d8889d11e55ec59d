"use strict";
/* The search through all texts: sentences and their translations, read part by part from the scripts beside the page. */
Object.assign(diptych, (() => {
  const { all, one, make, speak, language } = diptych;
  const STEP = 50;
  const names = all(".parts li").map((item) => item.textContent);
  const input = one("#ask");
  const state = one(".state");
  const hits = one(".hits");
  const more = one(".more");
  const plain = (text) => text.toLocaleLowerCase().replaceAll("ё", "е").replace(/[’‘]/g, "'");
  const said = (key) => one(`[data-said="${key}"]`).firstElementChild.cloneNode(true);

  /* The shelf: one entry a line, made plain once. */
  const shelf = [];
  let reading = null;
  const texts = (works) => {
    for (const [id, page, titles, langs, lines] of works)
      for (const [place, en, ru] of lines) shelf.push({ id, page, title: titles.join(" · "), langs, place, en, ru, plainEn: plain(en), plainRu: plain(ru) });
  };
  const load = (name) => new Promise((done) => {
    const script = make("script");
    script.src = name;
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    document.head.append(script);
  });
  const read = () => reading ??= (async () => {
    for (const name of names) {
      await load(name);
      look();
    }
    names.length = 0;
    look();
  })();

  /* What is asked: words in quotation marks stand together; every word may go on after its last letter. */
  const terms = () => [...plain(input.value).matchAll(/["«“]([^"»”]+)["»”]|([\p{L}\p{N}'%.,-]+)/gu)].map((m) => (m[1] ?? m[2]).trim()).filter(Boolean);
  const pattern = (term) => new RegExp(`(?<![\\p{L}\\p{N}])${term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "gu");
  let found = [];
  let shown = STEP;
  const look = () => {
    const asked = terms();
    const where = one('input[name="in"]:checked').value;
    if (asked.join("").length < 2) {
      found = [];
      return tell(input.value.trim() ? "short" : "");
    }
    const patterns = asked.map(pattern);
    const has = (text, p) => text.search(p) >= 0;
    found = shelf.filter(({ en, ru, plainEn, plainRu }) => {
      if (where === "gap" && en && ru) return false;
      return patterns.every((p, i) =>
        (where !== "ru" && plainEn.includes(asked[i]) && has(plainEn, p)) || (where !== "en" && plainRu.includes(asked[i]) && has(plainRu, p)));
    });
    tell("", patterns);
  };

  /* What was found, with the words marked. */
  const marked = (text, lang, patterns) => {
    const q = make("q");
    q.lang = lang;
    const flat = plain(text);
    const spans = patterns.flatMap((p) => [...flat.matchAll(new RegExp(p))].map((m) => [m.index, m.index + m[0].length])).sort((a, b) => a[0] - b[0]);
    let at = 0;
    for (const [from, to] of spans) {
      if (from < at) continue;
      q.append(text.slice(at, from), make("mark", "", text.slice(from, to)));
      at = to;
    }
    q.append(text.slice(at));
    return q;
  };
  const hit = (line, patterns) => {
    const item = make("li");
    const link = make("a", "workname", line.id);
    link.href = `${line.page}#${line.place}`;
    link.title = line.title;
    const pair = make("div", "pair");
    for (const side_ of ["en", "ru"]) {
      const side = make("p");
      if (line[side_]) side.append(marked(line[side_], line.langs[side_], patterns));
      else side.append(make("span", "quiet", "∅"));
      pair.append(side);
    }
    item.append(link, pair);
    return item;
  };
  const tell = (key, patterns = []) => {
    hits.replaceChildren(...found.slice(0, shown).map((line) => hit(line, patterns)));
    more.hidden = found.length <= shown;
    const works = new Set(found.map((line) => line.id)).size;
    const parts = key ? [said(key)] : !patterns.length ? [] : found.length ? [`${found.length} `, said("found"), ` · ${works} `, said("works")] : names.length ? [] : [said("none")];
    if (patterns.length && reading && names.length) parts.push(" … ", said("reading"));
    state.replaceChildren(...parts);
    speak(language(), state);
  };
  const ask = () => {
    shown = STEP;
    history.replaceState(null, "", `#${new URLSearchParams({ q: input.value })}`);
    read();
    look();
  };
  const obey = () => {
    const asked = new URLSearchParams(location.hash.slice(1)).get("q");
    if (asked !== null && asked !== input.value) {
      input.value = asked;
      ask();
    }
  };
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener("focus", read);
  all('input[name="in"]').forEach((choice) => choice.addEventListener("change", ask));
  more.addEventListener("click", () => {
    shown += STEP;
    look();
  });
  addEventListener("hashchange", obey);
  addEventListener("DOMContentLoaded", obey);
  return { texts };
})());
