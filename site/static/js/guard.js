// Does the work that a guarded form asks for (altcha.org, proof of work version 2), from the moment
// the reader begins to write. Without it the form is sent all the same, under a stricter limit.
const FRESH = 10 * 60 * 1000;
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function solve({ parameters, signature }) {
  const { nonce, salt, cost, keyLength, keyPrefix } = parameters;
  const start = bytes(nonce);
  const password = new Uint8Array(start.length + 4);
  password.set(start);
  const settings = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  // Each try is worked out beside the page's own thread, which stays free.
  for (let counter = 0; ; counter++) {
    new DataView(password.buffer).setUint32(start.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(settings, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) {
      return btoa(JSON.stringify({ challenge: { parameters, signature }, solution: { counter, derivedKey } }));
    }
  }
}

function guard(part) {
  const form = part.closest("form");
  const says = part.querySelector("[role=status]");
  let work, begun, state;
  const begin = () => {
    if (work && Date.now() - begun < FRESH) return;
    begun = Date.now();
    work = fetch(part.dataset.guard).then((answer) => answer.json()).then(solve).catch(() => "");
  };

  form.addEventListener("focusin", begin);
  form.addEventListener("submit", async (event) => {
    if (state === "sending") return;
    event.preventDefault();
    if (state === "working") return;
    state = "working";
    const slow = setTimeout(() => { says.textContent = part.dataset.busy; }, 400);
    begin();
    part.querySelector("[data-proof]").value = await work;
    clearTimeout(slow);
    // Work that was done already ends the wait within this very event, where no form can be sent.
    setTimeout(() => {
      state = "sending";
      form.requestSubmit(event.submitter);
    });
  });
  // A page that comes back from the browser's memory has spent its proof.
  addEventListener("pageshow", () => { work = state = undefined; says.textContent = ""; });
}

document.querySelectorAll("[data-guard]").forEach(guard);
