// What pages gain where scripts run; each works without.
"use strict";

// New facts: the page says so, and changes only when asked, so that nothing jumps under a reader.
(() => {
  const note = document.getElementById("arrived");
  const stamp = document.body.dataset.stamp;
  if (!note || !stamp || !("EventSource" in window)) return;
  const events = new EventSource("/events");
  events.addEventListener("facts", (event) => { note.hidden = event.data === stamp; });
  window.addEventListener("pagehide", () => events.close());
})();

// The agreement: line numbers beside the text, and what it means while one types.
(() => {
  const form = document.getElementById("agreement");
  const field = document.getElementById("agreement-text");
  const meaning = document.getElementById("meaning");
  if (!form || !field || !meaning) return;
  const frame = field.parentElement;
  const gutter = document.createElement("div");
  gutter.className = "gutter";
  gutter.setAttribute("aria-hidden", "true");
  frame.prepend(gutter);
  frame.classList.add("has-gutter");
  let changed = new Set([...form.querySelectorAll(".written [data-line]")].map((item) => item.dataset.line));
  const number = () => {
    const found = new Map([...meaning.querySelectorAll("[data-line]")].map((item) => [item.dataset.line, item.dataset.severity]));
    gutter.replaceChildren(...field.value.split("\n").map((_, index) => {
      const line = document.createElement("span");
      const name = String(index + 1);
      line.textContent = name;
      if (found.has(name)) line.className = found.get(name) === "error" ? "bad" : "warning";
      else if (changed.has(name)) line.className = "changed";
      return line;
    }));
    gutter.scrollTop = field.scrollTop;
  };
  field.addEventListener("scroll", () => { gutter.scrollTop = field.scrollTop; });
  let timer;
  let running;
  let hasChanged = false;
  const check = async () => {
    running?.abort();
    running = new AbortController();
    const fields = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch("/agreement/check", {
        method: "POST", body: fields, signal: running.signal, headers: { "X-Fragment": "meaning" },
      });
      if (!answer.ok) return;
      meaning.innerHTML = await answer.text();
      number();
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };
  field.addEventListener("input", () => {
    hasChanged = true;
    changed = new Set();
    number();
    clearTimeout(timer);
    timer = setTimeout(check, 400);
  });
  form.addEventListener("submit", () => { hasChanged = false; });
  window.addEventListener("beforeunload", (event) => { if (hasChanged) event.preventDefault(); });
  number();
})();
