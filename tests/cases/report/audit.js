/* What every page must keep: returns one line for each fault. */
const faults = [];
const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
const all = (selector) => [...document.querySelectorAll(selector)];
const where = (e) => `${e.tagName.toLowerCase()}.${String(e.className.baseVal ?? e.className).trim().replace(/\s+/g, ".")}`;

/* A control has a name. */
const name = (e) =>
  (e.getAttribute("aria-label") ?? "") +
  (e.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("") +
  [...(e.labels ?? [])].map((l) => l.textContent).join("") +
  (e.matches("input") ? "" : e.textContent);
for (const e of all("a[href], button, input, summary, [role=region], [role=group], [role=img], fieldset"))
  if (shown(e) && !name(e).trim()) faults.push(`${where(e)}: no name`);

/* The page and what is in the other language say so. */
if (!document.documentElement.lang) faults.push("html: no lang");
for (const e of all(".col, td q")) if (!e.closest("[lang=en], [lang=ru]")) faults.push(`${where(e)}: no lang`);
if (!document.title.trim()) faults.push("no title");

/* Headings: one of the first level, and no level left out. */
let level = 0;
const headings = all("h1, h2, h3, h4, h5, h6").filter((e) => e.checkVisibility());
if (headings.filter((e) => e.matches("h1")).length !== 1) faults.push("heading: not exactly one h1");
for (const e of headings) {
  const now = Number(e.tagName[1]);
  if (now > level + 1) faults.push(`heading: ${where(e)} "${e.textContent.slice(0, 30)}" after level ${level}`);
  level = now;
}

/* Ids are unique, landmarks are there, tables have heads and captions. */
const ids = all("[id]").map((e) => e.id);
for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`id ${id}: twice`);
for (const landmark of ["main", "header"]) if (all(landmark).length !== 1) faults.push(`not exactly one ${landmark}`);
const landmarks = all("[role=search], [role=region], nav, aside, section[aria-labelledby]").filter(shown).map((e) => `${e.role ?? e.tagName} "${e.getAttribute("aria-label") ?? e.getAttribute("aria-labelledby")}"`);
for (const twin of new Set(landmarks.filter((l, i) => landmarks.indexOf(l) !== i))) faults.push(`landmark ${twin}: twice`);
for (const e of all("th")) if (!e.scope) faults.push(`${where(e)} "${e.textContent.slice(0, 20)}": no scope`);
for (const e of all("table")) if (!e.caption?.textContent.trim()) faults.push(`${where(e)}: no caption`);
for (const e of all("svg:not([aria-hidden])")) if (!e.getAttribute("aria-label") && !e.querySelector("title")) faults.push(`${where(e)}: no title`);
/* Whatever can be clicked can be reached by the keyboard. */
for (const e of all("[onclick], [role=button]")) if (e.tabIndex < 0) faults.push(`${where(e)}: out of reach of the keyboard`);
for (const e of all("[tabindex]")) if (e.tabIndex > 0) faults.push(`${where(e)}: jumps the order of the keyboard`);
for (const e of all("select, input:not([type=radio])")) if (shown(e) && e.tabIndex < 0) faults.push(`${where(e)}: out of reach of the keyboard`);
for (const e of all("a a, button a, a button, [role=img] a")) faults.push(`${where(e)}: a control inside a control`);

/* Text stands out from what lies behind it (WCAG 2.2 AA: 4.5, large text 3), tints of marks included. */
const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
const clear = (colour) => colour === "transparent" || (channels(colour).length > 3 && channels(colour)[3] === 0);
const luminance = (colour) => {
  const [r, g, b] = channels(colour).map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const tint = (style) => {
  const sizes = style.backgroundSize.split(", ");
  const images = style.backgroundImage.split(/, (?=none|linear|repeating)/);
  const full = images.filter((image, i) => image !== "none" && sizes[i % sizes.length].startsWith("100% 100%"));
  return full.length ? full[0].match(/rgba?\([^)]*\)/)?.[0] : null;
};
const behind = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const style = getComputedStyle(e);
    const colour = tint(style) ?? style.backgroundColor;
    if (!clear(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
for (const e of all("body *")) {
  if (e.closest("svg, .unseen") || ![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !shown(e)) continue;
  const style = getComputedStyle(e);
  const [a, b] = [luminance(style.color), luminance(behind(e))].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  const large = parseFloat(style.fontSize) >= 24;
  if (ratio < (large ? 3 : 4.5)) faults.push(`${where(e)} "${e.textContent.trim().slice(0, 20)}": contrast ${ratio.toFixed(2)}`);
}
return [...new Set(faults)];
