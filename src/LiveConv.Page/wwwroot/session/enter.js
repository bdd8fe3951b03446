// Between a link and the page. A browser that follows another site's link does not send the page's cookie, which is SameSite=Strict, nor
// when that is reloaded; but it does for what this document asks for. And the page's address replaces the link's, with its token.

import { get } from "../dom.js";

const page = new URL(/** @type {HTMLAnchorElement} */ (get("page")).href);

try {
  const answer = await fetch(page, { method: "HEAD" });
  if (answer.ok) {
    page.hash = location.hash;
    location.replace(page);
  } else {
    stay(get("reason").textContent || "this browser kept no cookie for this page: allow cookies here, and open the link again");
  }
} catch {
  stay("LiveConv does not answer");
}

/** @param {string} reason */
function stay(reason) {
  get("reason").textContent = reason;
  get("page").hidden = true;
  history.replaceState(null, "", page);
}
