// Asks the server: JSON, files with their progress, and errors that say whether to try again.

export class Refused extends Error {
  // The server said no: `text` is for the visitor, `retry` (seconds) where trying again may help.
  constructor(status, { error = "", text = "", retry = 0 } = {}) {
    super(error || String(status));
    Object.assign(this, { status, code: error, text, retry });
  }
}

export class Away extends Error {
  // No answer, one of something in between, or a server that cannot just now: try again later.
  constructor(said, { text = "", retry = 0 } = {}) {
    super(said);
    Object.assign(this, { text, retry });
  }
}

const SELF = { "X-Requested-With": "page" };
const UNKNOWN_VISITOR = 401;
const TOO_MANY = 429;
const NO_ROOM = 507; // for this visitor, and that stays so

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

function judge(status, body) {
  if (status >= 200 && status < 300) return parsed(body);
  if (status === UNKNOWN_VISITOR) meetAgain();
  const said = parsed(body);
  const later = (status >= 500 && status !== NO_ROOM) || status === UNKNOWN_VISITOR;
  if (later) throw new Away(String(status), said);
  if (status === TOO_MANY) throw new Refused(status, { retry: 2, ...said });
  throw new Refused(status, said);
}

function meetAgain() {
  // A visitor whose cookie is gone gets a new one with the page; not round and round, though.
  const now = Date.now();
  const before = Number(sessionStorage.getItem("met") ?? 0);
  if (now - before < 10000) return;
  sessionStorage.setItem("met", String(now));
  location.reload();
}

async function ask(method, path, body) {
  let response;
  const headers = body === undefined ? SELF : { ...SELF, "Content-Type": "application/json" };
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
    return judge(response.status, await response.text());
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof Away) throw problem;
    throw new Away(String(problem));
  }
}

export const get = (path) => ask("GET", path);
export const post = (path, body) => ask("POST", path, body);
export const take = (path) => ask("DELETE", path);

export function upload(file, moved) {
  // Sends a file; `moved` hears the part that is up (0 to 1). The promise, and a way to stop.
  const request = new XMLHttpRequest();
  const answer = new Promise((done, failed) => {
    request.open("POST", `/api/files?name=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(SELF)) request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => event.total && moved(event.loaded / event.total);
    request.onerror = request.onabort = () => failed(new Away("upload"));
    request.onload = () => {
      try {
        done(judge(request.status, request.responseText));
      } catch (problem) {
        failed(problem);
      }
    };
    request.send(file);
  });
  return { answer, stop: () => request.abort() };
}

export function fresh() {
  // An id nobody else has; randomUUID is missing where the page is not served over HTTPS.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
