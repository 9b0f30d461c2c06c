/** Building elements of the page. Words become text nodes; nothing here parses markup. */

/** @param {string} name @param {Record<string, string|number|boolean|undefined>} [attributes] @param {...(Node|string)} children */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

/** Somebody else's words: their writing direction stays their own. @param {string} words */
export const foreign = (words) => el("bdi", {}, words);

/** A button that names its key; ``act`` is also what its focus is found again by. */
export function keyButton(act, face, key, press, attributes = {}) {
  const hint = key ? [el("kbd", { "aria-hidden": "true" }, key)] : [];
  const button = el("button", { type: "button", "data-act": act, "aria-keyshortcuts": key || undefined, ...attributes }, ...(Array.isArray(face) ? face : [face]), ...hint);
  button.addEventListener("click", press);
  return button;
}
