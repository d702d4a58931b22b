// Shows a page again when files change on disk, and goes on with one that is not complete. Pages work without it.
"use strict";

const { number, holds } = document.body.dataset;
const news = document.querySelector(".news");
let asking = null;

const again = async () => {
  if (holds !== undefined) {
    news.hidden = false;
    return;
  }
  asking?.abort();
  asking = new AbortController();
  const answer = await fetch(location.href, { signal: asking.signal });
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = document.querySelector("main");
  const then = next.querySelector("main");
  if (then.innerHTML !== now.innerHTML) show(now, then, next.title);
  goOn();
};

// Puts the new content in place, with what the person has open, typed and focused.
const show = (now, then, title) => {
  const focused = document.activeElement?.id;
  for (const each of now.querySelectorAll("details[open][id]")) then.querySelector(`#${CSS.escape(each.id)}`)?.setAttribute("open", "");
  for (const each of now.querySelectorAll("input[id], select[id], textarea[id]")) {
    const same = then.querySelector(`#${CSS.escape(each.id)}`);
    if (same && same.type !== "checkbox" && same.type !== "radio") same.value = each.value;
  }
  now.replaceWith(then);
  document.title = title;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
};

const goOn = () => {
  if (document.querySelector("main[data-unfinished]")) setTimeout(() => again().catch(() => {}), 1000);
};

if (number !== undefined) {
  const changes = new EventSource(`/live?since=${number}`);
  changes.addEventListener("changed", () => again().catch(() => {}));
  addEventListener("pagehide", () => changes.close());
  goOn();
}
