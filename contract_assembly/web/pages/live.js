// Shows a page again when files change on disk. Pages work without it.
"use strict";

const number = document.body.dataset.number;
const holds = "holds" in document.body.dataset;
const news = document.querySelector(".news");
let waiting = null;

const refresh = async () => {
  if (holds) {
    news.hidden = false;
    return;
  }
  waiting?.abort();
  waiting = new AbortController();
  const answer = await fetch(location.href, { signal: waiting.signal });
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = document.querySelector("main");
  const then = next.querySelector("main");
  if (then.innerHTML === now.innerHTML) return;
  const focused = document.activeElement?.id;
  const opened = [...now.querySelectorAll("details[open][id]")].map((each) => each.id);
  now.replaceWith(then);
  document.title = next.title;
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
};

if (number !== undefined) {
  const changes = new EventSource(`/live?since=${number}`);
  changes.addEventListener("changed", () => refresh().catch(() => {}));
  addEventListener("pagehide", () => changes.close());
}
