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
