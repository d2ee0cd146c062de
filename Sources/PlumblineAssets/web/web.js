// What pages gain where scripts run; each works without.
"use strict";

// Where the navigation scrolls, the page that is open is in sight.
(() => {
  const row = document.querySelector(".places ul");
  const here = row && row.querySelector("[aria-current]");
  if (!here || row.scrollWidth <= row.clientWidth) return;
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
})();

// New facts: what they change on the page is put in the place of what is shown, and what is read stays
// where it is. Whoever is writing, has chosen text or stands on a control is only told, and so is
// everybody where the page has controls that act: none may come under a hand as another's.
(() => {
  const note = document.getElementById("arrived");
  const done = document.getElementById("updated");
  const main = document.getElementById("content");
  const body = document.body;
  if (!note || !done || !main || !body.dataset.stamp) return;
  const leastPause = 5000;
  let hasTyped = false;
  let isAsking = false;
  let askedAt = -Infinity;
  let timer = 0;
  // What the server has told of last; what is shown is on the page.
  let heard = body.dataset.stamp;
  main.addEventListener("input", (event) => {
    // These controls stand in the address.
    if (!event.target.closest("form[data-fragment]")) hasTyped = true;
  });
  const isBusy = () => {
    const place = document.activeElement;
    const isInside = place && place !== main && main.contains(place);
    return hasTyped || isInside || String(getSelection()) !== ""
      || main.querySelector("textarea, form[method=post]") !== null;
  };
  // Headings and folds by their words: numbers in them move with the facts.
  const named = (selector) => {
    const times = new Map();
    return new Map([...main.querySelectorAll(selector)].map((mark) => {
      const words = mark.tagName + mark.textContent.replace(/[\d.,]+/g, "#");
      times.set(words, (times.get(words) ?? 0) + 1);
      return [`${words} ${times.get(words)}`, mark];
    }));
  };
  // Scripts listen to these forms: they stay.
  const kept = "form[data-fragment], .live-fields";
  const merge = (old, next) => {
    if (old.isEqualNode(next) || old.matches(kept)) return;
    const parts = [...old.children];
    const others = [...next.children];
    const isSame = parts.length === others.length && parts.every((part, at) => part.tagName === others[at].tagName);
    if (isSame && (old === main || old.querySelector(kept))) parts.forEach((part, at) => merge(part, others[at]));
    else if (old === main) main.replaceChildren(...next.childNodes);
    else old.replaceWith(next);
  };
  const show = (page, next) => {
    const marks = [...named("h1, h2, h3, caption, summary")];
    const seen = marks.find(([, mark]) => mark.getBoundingClientRect().bottom > 0);
    const top = seen ? seen[1].getBoundingClientRect().top : 0;
    const folds = [...named("summary")].map(([name, fold]) => [name, fold.parentElement.open]);
    merge(main, next);
    const now = named("summary");
    for (const [name, isOpen] of folds) if (now.has(name)) now.get(name).parentElement.open = isOpen;
    const again = seen && named("h1, h2, h3, caption, summary").get(seen[0]);
    if (again) scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
    const isNew = body.dataset.stamp !== page.body.dataset.stamp;
    body.dataset.stamp = page.body.dataset.stamp;
    note.hidden = true;
    if (!isNew) return;
    done.hidden = false;
    setTimeout(() => { done.hidden = true; }, 8000);
  };
  const tell = () => { note.hidden = heard === body.dataset.stamp; };
  const update = async () => {
    if (isAsking || document.hidden) return;
    isAsking = true;
    askedAt = performance.now();
    const before = heard;
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = page.getElementById("content");
      if (!response.ok || response.redirected || !next || isBusy()) { tell(); return; }
      show(page, next);
      if (heard === before) heard = body.dataset.stamp;
      else if (heard !== body.dataset.stamp) soon();
    } catch { tell(); } finally { isAsking = false; }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(update, Math.max(0, askedAt + leastPause - performance.now()));
  };
  const look = () => {
    if (heard === body.dataset.stamp || isBusy()) tell();
    else soon();
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  // What is due moves with the clock.
  const clock = main.querySelector("[data-refresh]");
  if (clock) setInterval(() => { if (!isBusy()) update(); }, Number(clock.dataset.refresh) * 1000);
  if (!("EventSource" in window)) return;
  let events;
  const listen = () => {
    events = new EventSource("/events");
    events.addEventListener("facts", (event) => {
      heard = event.data;
      look();
    });
  };
  listen();
  window.addEventListener("pagehide", () => events.close());
  // The back button may bring the page as it was left: not listening.
  window.addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
})();

// Controls whose answer is asked for while they move: the same address as the form's own, but only
// the answer of it, put in the place of the one that is shown. What was asked before is given up.
(() => {
  for (const form of document.querySelectorAll("form[data-fragment]")) {
    const told = form.querySelector("[role=status]");
    let asking = null;
    let timer = 0;
    const address = () => {
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (value !== "") fields.append(name, value);
      const query = fields.toString();
      return form.action.split("?")[0] + (query ? "?" + query : "");
    };
    const ask = async () => {
      if (asking) asking.abort();
      const mine = asking = new AbortController();
      const answer = document.getElementById(form.dataset.answer);
      const here = address();
      answer.classList.add("waiting");
      try {
        const response = await fetch(here, {
          headers: { "Accept": "text/html", "X-Fragment": form.dataset.fragment },
          signal: mine.signal,
        });
        if (response.redirected) { location.assign(here); return; }
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const next = page.getElementById(form.dataset.answer);
        if (!next) {
          // The server says what is wrong with the choice: the answer that is shown stays.
          const fault = page.querySelector(".fault p");
          if (told) told.textContent = fault ? fault.textContent : "That could not be answered.";
          answer.classList.remove("waiting");
          return;
        }
        const open = [...answer.querySelectorAll("details[open] caption")].map((one) => one.id);
        answer.replaceWith(next);
        for (const id of open) {
          const part = document.getElementById(id);
          if (part) part.closest("details").open = true;
        }
        history.replaceState(null, "", here);
        if (told) told.textContent = "Shown for this choice.";
      } catch (error) {
        if (error.name === "AbortError") return;
        answer.classList.remove("waiting");
        if (told) told.textContent = "The server cannot be reached; press Show to try again.";
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
  }
})();

// Plan and scorecards: numbers gain a slider, and the answer follows it without a new page.
(() => {
  const form = document.querySelector(".live-fields");
  const live = form && form.closest(".live");
  if (!live) return;

  const address = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") fields.append(name, value);
    const query = fields.toString();
    return form.getAttribute("action") + (query ? `?${query}` : "");
  };

  let asking = null;
  let waiting = 0;
  const show = async () => {
    // An answer to an earlier move is of no use any more.
    if (asking) asking.abort();
    const own = (asking = new AbortController());
    const target = address();
    live.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(target, {
        headers: { "X-Fragment": "1" },
        signal: own.signal,
        redirect: "manual",
      });
      if (!answer.ok) { location.assign(target); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["live-head", "live-body"]) {
        const fresh = page.getElementById(id);
        const open = new Set([...live.querySelectorAll(`#${id} details[open] > summary`)]
          .map((summary) => summary.textContent));
        for (const part of fresh.querySelectorAll("details > summary")) {
          if (open.has(part.textContent)) part.parentElement.open = true;
        }
        document.getElementById(id).replaceChildren(...fresh.childNodes);
      }
      history.replaceState(history.state, "", target);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(target);
    } finally {
      if (asking === own) { asking = null; live.removeAttribute("aria-busy"); }
    }
  };
  const soon = (wait) => { clearTimeout(waiting); waiting = setTimeout(show, wait); };

  for (const number of form.querySelectorAll("input[data-slider]")) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = number.dataset.lowest;
    slider.max = number.dataset.highest;
    slider.step = number.dataset.step;
    const stand = () => { slider.value = number.value === "" ? number.dataset.usual : number.value; };
    stand();
    slider.setAttribute("aria-label", `${form.querySelector(`label[for="${number.id}"]`).textContent}, slider`);
    slider.addEventListener("input", () => { number.value = slider.value; soon(40); });
    number.addEventListener("input", stand);
    number.before(slider);
  }
  form.addEventListener("input", (event) => { if (event.target.type !== "range") soon(350); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); show(); });
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

// Data: an import that runs is looked at again until it has ended, without a jump of the page.
(() => {
  const look = async () => {
    const job = document.getElementById("job");
    if (!job || job.dataset.over === "yes") return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("job");
      if (next) job.replaceWith(next); else location.reload();
    } catch { /* The server is being started anew, or the network is away: look again. */ }
    setTimeout(look, 1000);
  };
  if (document.getElementById("job")) setTimeout(look, 700);
})();
