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
