// Keeps all files of the page in this browser, so that it opens without a network. Another version takes over once no tab shows the old one.

const files = [/* files */];
const mine = `liveconv ${registration.scope} `;
const name = `${mine}/* version */`;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(registration.scope)) {
    event.respondWith(answer(request));
  }
});

async function keep() {
  const cache = await caches.open(name);
  await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" })));
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((other) => other.startsWith(mine) && other !== name).map((other) => caches.delete(other)));
  await clients.claim();
}

async function answer(request) {
  const cache = await caches.open(name);
  const asked = request.mode === "navigate" && new URL(request.url).pathname.endsWith("/index.html") ? "./" : request;
  return (await cache.match(asked, { ignoreSearch: true })) ?? fetch(request);
}
