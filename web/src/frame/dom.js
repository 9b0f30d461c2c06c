/** Building elements. Words become text nodes; nothing here parses markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with attributes and children; strings become text.
 * @param {string} name @param {Record<string, string|number|boolean>} [attributes] @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  set(element, attributes);
  element.append(...children);
  return element;
}

/** The same for SVG. @param {string} name @param {Record<string, string|number>} [attributes] @param {...Node} children */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  set(element, attributes);
  element.append(...children);
  return element;
}

/** @param {Element} element @param {Record<string, string|number|boolean>} attributes */
function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, String(value));
  }
}

/** A button with a name for screen readers. @param {string} label @param {Node|string} face @param {() => void} act */
export function button(label, face, act) {
  const element = el("button", { type: "button", "aria-label": label, title: label }, face);
  element.addEventListener("click", act);
  return element;
}
