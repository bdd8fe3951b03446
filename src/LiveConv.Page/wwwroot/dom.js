// Small helpers for building the page's parts.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<HTMLElementTagNameMap[K]> & { aria?: Record<string, string> }} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, properties = {}, ...children) {
  const { aria = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.entries(aria).forEach(([name, value]) => element.setAttribute(`aria-${name}`, value));
  element.append(...children);
  return element;
}

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @returns {T}
 */
export const get = (id) => /** @type {T} */ (document.getElementById(id));

/** The page runs in this tab by itself, with LiveConv in a worker: there is no server. */
export const isTab = document.documentElement.hasAttribute("data-tab");

/** As a stage in a second window the page has no controls, and shows what the presenter's page shows. */
export const isStage = location.pathname.endsWith("/stage");
