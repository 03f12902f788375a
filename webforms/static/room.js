// Keeps a page of a training room up to date, and lets keys turn the pages of its screen.
// Without it everything works by reloading, and by the buttons that the keys press.

const live = document.querySelector("[data-state-address]");
// Somebody who has stopped a page of a room has stopped it at every step.
const STOPPED = `waymark stopped ${location.pathname}`;
let stopped = sessionStorage.getItem(STOPPED) !== null;
// A form is on its way: where it leads is not to be overtaken by what is seen meanwhile.
let leaving = false;

async function look() {
  if (stopped || leaving || document.hidden) return;
  const answer = await fetch(live.dataset.stateAddress, { cache: "no-store" });
  if (leaving) return;
  if (!answer.ok) {
    // The room is gone, or not this browser's: the page says so when it is loaded again.
    stopped = answer.status === 404;
    if (stopped) location.replace(location.pathname);
    return;
  }
  const state = await answer.text();
  if (state === live.dataset.state) return;
  if (live.dataset.refresh === "page") {
    stopped = true;
    location.replace(location.pathname);
    return;
  }
  const page = await fetch(location.pathname + location.search, { cache: "no-store" });
  const text = await page.text();
  if (!page.ok || stopped || leaving) return;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  // Another step or another case is another page.
  if (fresh.querySelector("[data-shows]")?.dataset.shows !== live.dataset.shows) {
    leaving = true;
    location.replace(location.pathname + location.search);
    return;
  }
  replaceParts(fresh);
}

// Only what has changed is put in, so that a screen reader is told of that alone.
function replaceParts(fresh) {
  const focused = document.activeElement?.id;
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.getElementById(part.id);
    if (next && next.innerHTML !== part.innerHTML) part.replaceChildren(...next.childNodes);
  }
  live.dataset.state = fresh.querySelector("[data-state-address]")?.dataset.state ?? "";
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

async function lookAgain() {
  try {
    await look();
  } catch {
    // The network is away: ask again at the next turn.
  }
  setTimeout(lookAgain, Number(live.dataset.every));
}

function offerToStop() {
  const button = document.querySelector("[data-stop]");
  if (!button) return;
  const label = () => {
    button.textContent = stopped ? button.dataset.start : button.dataset.stop;
  };
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    stopped = !stopped;
    if (stopped) sessionStorage.setItem(STOPPED, "");
    else sessionStorage.removeItem(STOPPED);
    label();
  });
}

const KEYS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back" };

function press(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const way = KEYS[event.key];
  const button = way && document.querySelector(`[data-key="${way}"]`);
  // A field, and a button or link under the space bar, keep their own keys.
  const own = event.key === " " ? "a, button, summary, input, select, textarea" : "input, select, textarea";
  if (!button || event.target.closest(own)) return;
  if (!event.key.startsWith("Arrow") && leavesUnseen(way)) return;
  event.preventDefault();
  if (!event.repeat) button.click();
}

// On the screen, a key that goes down or up by the pageful does so as long as there is more.
function leavesUnseen(way) {
  if (!document.querySelector("[data-read-first]")) return false;
  const below = document.documentElement.scrollHeight - innerHeight - scrollY;
  return way === "next" ? below > 1 : scrollY > 1;
}

// The map is taller than the screen: what has just been lit up is brought into sight.
function showNewest() {
  const region = document.querySelector("[data-newest]");
  const newest = region && [...region.querySelectorAll(region.dataset.newest)].at(-1);
  if (!newest) return;
  const middle = newest.getBoundingClientRect().top - region.getBoundingClientRect().top;
  region.scrollTop += middle - region.clientHeight / 2;
}

showNewest();
if (live) {
  offerToStop();
  addEventListener("submit", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));
  setTimeout(lookAgain, Number(live.dataset.every));
}
if (document.querySelector("[data-key]")) document.addEventListener("keydown", press);
