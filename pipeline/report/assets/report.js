"use strict";
/* What every page shares: short names for the document, and the language of the interface. */
const diptych = (() => {
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
  const bilingual = (en, ru, tag = "span") => {
    const element = make(tag, "", en);
    element.dataset.ru = ru;
    return element;
  };
  const start = () => {
    one(".switch").hidden = false;
    all(".switch button").forEach((button) => button.addEventListener("click", () => choose(button.dataset.lang)));
    document.body.classList.add("live");
    if (remembered.get("diptych-language") === "ru") choose("ru");
  };
  return { all, one, make, bilingual, speak, language, start };
})();
if (document.readyState === "complete") diptych.start();
else addEventListener("DOMContentLoaded", diptych.start);
